/** What the aggregator counted, and the looks at it that decide. */
@NullMarked
package dev.ringside.experiments.look;

import org.jspecify.annotations.NullMarked;
