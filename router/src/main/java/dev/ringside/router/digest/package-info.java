/** What makes a request the same as another. */
@NullMarked
package dev.ringside.router.digest;

import org.jspecify.annotations.NullMarked;
