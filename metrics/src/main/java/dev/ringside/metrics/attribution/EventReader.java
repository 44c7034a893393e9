package dev.ringside.metrics.attribution;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in {@code unit-events}, which anybody may have written. Inputs and outputs of predictions are passed
 * over, as no rule reads them: they cost nothing here, and broken ones make no exposure a broken one.
 */
public final class EventReader {
    /** Many times what a writer's longest event takes. */
    private static final int LONGEST = 128 << 10;

    private static final ObjectReader EVENTS = Json.mapper()
            .copy()
            .addMixIn(Prediction.class, WithoutContent.class)
            .readerFor(UnitEvent.class);

    @JsonIgnoreProperties({"inputs", "outputs"})
    private interface WithoutContent {}

    private EventReader() {}

    /**
     * Returns the event.
     *
     * @param value of a record; null if it has none
     * @throws IOException if it is none, saying why
     */
    public static UnitEvent read(byte @Nullable [] value) throws IOException {
        if (value == null) {
            throw new IOException("the value is empty");
        }
        if (value.length > LONGEST) {
            throw new IOException("expected at most " + LONGEST + " bytes, found " + value.length);
        }
        UnitEvent event = EVENTS.readValue(value);
        if (event == null) {
            throw new IOException("the value is empty");
        }
        return event;
    }
}
