/**
 * What an experiment can find before it starts: sample sizes, the power of its looks, and what about a plan deserves a
 * warning. Pure functions; nothing here decides.
 */
@NullMarked
package dev.ringside.experiments.plan;

import org.jspecify.annotations.NullMarked;
