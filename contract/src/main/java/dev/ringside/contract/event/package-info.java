/** The records of the topic {@code unit-events}: predictions, outcomes and marks. */
@NullMarked
package dev.ringside.contract.event;

import org.jspecify.annotations.NullMarked;
