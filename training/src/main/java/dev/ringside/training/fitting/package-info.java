/** What a document asks to be fitted, put together and fitted: once, again to all rows, or fold by fold. */
@NullMarked
package dev.ringside.training.fitting;

import org.jspecify.annotations.NullMarked;
