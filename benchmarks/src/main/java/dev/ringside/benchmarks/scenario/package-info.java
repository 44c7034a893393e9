/** The situations in which the policy is tried, each a small object with a name, and what is promised of it. */
@NullMarked
package dev.ringside.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
