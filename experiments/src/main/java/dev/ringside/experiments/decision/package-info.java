/**
 * What is decided about one region of an experiment, as a pure function of its evidence: promote, roll back, continue,
 * inconclusive or blocked; and the record from which anyone can decide it again.
 */
@NullMarked
package dev.ringside.experiments.decision;

import org.jspecify.annotations.NullMarked;
