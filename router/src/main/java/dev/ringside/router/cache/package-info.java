/**
 * Answers of versions that are kept, and given again to whoever asks the same of the same file. A store that is slow or away
 * costs a request a short wait at most; then the model is asked as ever.
 */
@NullMarked
package dev.ringside.router.cache;

import org.jspecify.annotations.NullMarked;
