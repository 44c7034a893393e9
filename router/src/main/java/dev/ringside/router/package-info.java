/** The router: a slot's name in the URL, an experiment behind it. */
@NullMarked
package dev.ringside.router;

import org.jspecify.annotations.NullMarked;
