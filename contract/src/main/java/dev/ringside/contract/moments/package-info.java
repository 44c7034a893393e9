/** What the aggregator tells the control plane: moments of cells, counts of arms, snapshots. */
@NullMarked
package dev.ringside.contract.moments;

import org.jspecify.annotations.NullMarked;
