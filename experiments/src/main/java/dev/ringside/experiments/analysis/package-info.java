/**
 * From moments to estimates to tests. Everything here is a pure function computed with {@link StrictMath}, so that the same
 * moments give the same bits on every machine.
 */
@NullMarked
package dev.ringside.experiments.analysis;

import org.jspecify.annotations.NullMarked;
