/** Where simulated units come from: how many a day, and what each is worth in a KPI. */
@NullMarked
package dev.ringside.benchmarks.data;

import org.jspecify.annotations.NullMarked;
