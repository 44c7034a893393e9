package dev.ringside.router.feature;

import dev.ringside.contract.feature.FeatureKey;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.SlotRoutes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The features of a slot, ready to be asked for. Immutable. */
public final class SlotFeatures {
    private final String slot;
    private final KeyMaker keys;
    private final List<Feature> features;
    private final Duration budget;

    /**
     * One of them.
     *
     * @param input which input it is
     * @param instead what is taken where there is no value, as text
     */
    record Feature(TensorSpec input, String instead) {
        String name() {
            return input.name();
        }
    }

    private SlotFeatures(SlotRoutes slot, FeatureSource source) {
        this.slot = slot.name();
        this.keys = new KeyMaker(FeatureKey.parse(source.key()));
        this.features = slot.signature().inputs().stream()
                .filter(input -> source.fields().contains(input.name()))
                .map(input -> new Feature(input, source.defaults().getOrDefault(input.name(), "")))
                .toList();
        this.budget = source.budget();
    }

    /** Those of a slot; null if its callers send all inputs. */
    public static @Nullable SlotFeatures of(SlotRoutes slot) {
        FeatureSource source = slot.features();
        return source == null ? null : new SlotFeatures(slot, source);
    }

    /** The slot's name. */
    String slot() {
        return slot;
    }

    KeyMaker keys() {
        return keys;
    }

    /** All of them, in the order of the slot's inputs. */
    List<Feature> features() {
        return features;
    }

    /** How long a request waits for them. */
    Duration budget() {
        return budget;
    }
}
