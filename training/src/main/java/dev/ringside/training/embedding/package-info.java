/** Learnt vectors of texts as people look at them: which lie near each other, and where in a plane. */
@NullMarked
package dev.ringside.training.embedding;

import org.jspecify.annotations.NullMarked;
