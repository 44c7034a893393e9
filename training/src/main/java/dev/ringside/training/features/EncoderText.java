package dev.ringside.training.features;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringside.contract.json.Json;
import java.io.UncheckedIOException;

/**
 * A fitted encoder as JSON and back, number by number the same: what a fine-tuning shows the columns of the model that it
 * begins with by.
 */
public final class EncoderText {
    private static final ObjectMapper MAPPER = Json.mapper().copy().addMixIn(Encoding.class, Kinds.class);

    private EncoderText() {}

    /** Every encoding by the name that its kind has in a file, which must not change. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "encoding")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Standardised.class, name = "standardised"),
        @JsonSubTypes.Type(value = Ranged.class, name = "ranged"),
        @JsonSubTypes.Type(value = Logged.class, name = "logged"),
        @JsonSubTypes.Type(value = Raw.class, name = "raw"),
        @JsonSubTypes.Type(value = Buckets.class, name = "buckets"),
        @JsonSubTypes.Type(value = MissingIndicator.class, name = "missing_indicator"),
        @JsonSubTypes.Type(value = PiecewiseLinear.class, name = "piecewise_linear"),
        @JsonSubTypes.Type(value = Periodic.class, name = "periodic"),
        @JsonSubTypes.Type(value = OneHot.class, name = "one_hot"),
        @JsonSubTypes.Type(value = Embedding.class, name = "embedding"),
        @JsonSubTypes.Type(value = Hashed.class, name = "hashed"),
        @JsonSubTypes.Type(value = LookedUp.class, name = "looked_up"),
        @JsonSubTypes.Type(value = NumberStatistics.class, name = "number_statistics"),
        @JsonSubTypes.Type(value = Histogram.class, name = "histogram"),
        @JsonSubTypes.Type(value = FirstSorted.class, name = "first_sorted"),
        @JsonSubTypes.Type(value = ItemCounts.class, name = "item_counts"),
        @JsonSubTypes.Type(value = NumberSteps.class, name = "number_steps"),
        @JsonSubTypes.Type(value = TextSteps.class, name = "text_steps")
    })
    private interface Kinds {}

    /** The JSON. */
    public static String write(Encoder encoder) {
        try {
            return MAPPER.writeValueAsString(encoder);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The encoder.
     *
     * @throws IllegalArgumentException if the text is none that {@link #write} wrote
     */
    public static Encoder read(String text) {
        try {
            return MAPPER.readValue(text, Encoder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("holds no encoder: " + e.getOriginalMessage(), e);
        }
    }
}
