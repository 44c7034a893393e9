/** Pictures of how good scores are, as SVG that needs nothing else and reads on light and on dark. */
@NullMarked
package dev.ringside.training.evaluation.plot;

import org.jspecify.annotations.NullMarked;
