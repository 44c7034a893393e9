package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.metrics.DeadLetter;
import java.util.List;

/**
 * What one event made the attribution say. All of it belongs into one transaction with the state.
 *
 * @param messages all cells and arms that changed or closed since the last snapshot, then the snapshot; empty unless the
 *     horizon moved
 * @param late outcomes that are final as late
 * @param deadLetters records refused, and outcomes that are final as unmatched
 */
public record Emissions(List<KpiMessage> messages, List<Outcome> late, List<DeadLetter> deadLetters) {
    /** Nothing. */
    public static final Emissions NONE = new Emissions(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Emissions {
        messages = List.copyOf(messages);
        late = List.copyOf(late);
        deadLetters = List.copyOf(deadLetters);
    }

    static Emissions refused(DeadLetter letter) {
        return new Emissions(List.of(), List.of(), List.of(letter));
    }

    /** Whether the horizon moved, so that readers may see a new snapshot. */
    public boolean moved() {
        return !messages.isEmpty();
    }
}
