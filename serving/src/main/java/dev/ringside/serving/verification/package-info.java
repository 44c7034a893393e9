/** What a model file is put to before anybody waits for it: its signature, its golden rows, a run on zeros. */
@NullMarked
package dev.ringside.serving.verification;

import org.jspecify.annotations.NullMarked;
