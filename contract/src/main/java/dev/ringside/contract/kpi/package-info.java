/** What a KPI is, and the definition of an experiment's epoch that the aggregator joins by. */
@NullMarked
package dev.ringside.contract.kpi;

import org.jspecify.annotations.NullMarked;
