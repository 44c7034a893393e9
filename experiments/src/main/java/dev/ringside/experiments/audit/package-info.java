/** Who did what, when and why; only ever added to. */
@NullMarked
package dev.ringside.experiments.audit;

import org.jspecify.annotations.NullMarked;
