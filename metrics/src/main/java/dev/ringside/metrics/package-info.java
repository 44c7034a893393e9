/** The KPI aggregator: takes in outcomes, joins them with predictions, sums moments, archives the log. */
@NullMarked
package dev.ringside.metrics;

import org.jspecify.annotations.NullMarked;
