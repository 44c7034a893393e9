/** Reading the documents that people write, with all their problems listed together. */
@NullMarked
package dev.ringside.experiments.document;

import org.jspecify.annotations.NullMarked;
