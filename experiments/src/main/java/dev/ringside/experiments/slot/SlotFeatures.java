package dev.ringside.experiments.slot;

import dev.ringside.contract.feature.FeatureKey;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.WrittenValues;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.experiments.document.Fields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@code slot.yaml} says under {@code features}, and holds it to the slot's signature. */
final class SlotFeatures {
    private static final int MOST = 256;

    private final Fields fields;
    private final Map<String, TensorSpec> inputs;

    private SlotFeatures(Fields fields, Signature signature) {
        this.fields = fields;
        this.inputs = new TreeMap<>();
        signature.inputs().forEach(input -> inputs.put(input.name(), input));
    }

    /**
     * Reads it; problems are added to the document's others.
     *
     * @param signature the slot's; null if it has problems itself, and then nothing is held to it
     */
    static @Nullable FeatureSource read(Fields fields, @Nullable Signature signature, Duration deadline) {
        fields.requiredText("from", "redis");
        FeatureSource.Origin from = fields.choice("from", FeatureSource.Origin.class, FeatureSource.Origin.REDIS);
        String written = fields.requiredText("key", "a key such as user:{unit}");
        FeatureKey key = written.isEmpty() ? null : fields.parsed("key", FeatureKey::parse);
        List<String> names = fields.texts("fields");
        fields.require(
                fields.has("fields") && (names == null || !names.isEmpty()),
                "fields",
                "missing: expected the inputs that callers do not send, such as [age_days]");
        fields.require(
                fields.has("defaults"),
                "defaults",
                "missing: expected a value for each feature, such as {age_days: 0}");
        Duration budget = fields.duration("budget", FeatureSource.BUDGET);
        fields.require(
                budget.compareTo(deadline) <= 0,
                "budget",
                "expected at most the slot's deadline " + DurationText.format(deadline) + ", found "
                        + DurationText.format(budget));
        if (signature == null || names == null) {
            return null;
        }
        var reader = new SlotFeatures(fields, signature);
        reader.checkFields(names);
        if (key != null) {
            reader.checkKey(key, names);
        }
        Map<String, String> defaults = fields.object("defaults", inner -> reader.defaults(inner, names));
        return key == null || defaults == null ? null : new FeatureSource(from, written, names, defaults, budget);
    }

    private void checkFields(List<String> names) {
        fields.require(names.size() <= MOST, "fields", "expected at most " + MOST + " features, found " + names.size());
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String field = "fields[" + i + "]";
            fields.require(seen.add(name), field, "\"" + name + "\" stands here twice");
            TensorSpec input = input(field, name);
            fields.require(
                    input == null || isColumn(input),
                    field,
                    "expected an input with one value a row, of shape [-1, 1] or [-1], found \"" + name + "\" of shape "
                            + (input == null ? "" : input.shape()));
        }
    }

    private @Nullable TensorSpec input(String field, String name) {
        TensorSpec input = inputs.get(name);
        if (input == null) {
            fields.problem(
                    field,
                    "the signature has no input \"" + name + "\""
                            + Spelling.nearest(name, inputs.keySet())
                                    .map(meant -> "; did you mean " + meant + "?")
                                    .orElse("; its inputs are " + String.join(", ", inputs.keySet())));
        }
        return input;
    }

    private static boolean isColumn(TensorSpec input) {
        return input.shape().equals(List.of(-1L, 1L)) || input.shape().equals(List.of(-1L));
    }

    private void checkKey(FeatureKey key, List<String> names) {
        for (String name : key.inputs()) {
            TensorSpec input = inputs.get(name);
            if (input == null) {
                fields.problem(
                        "key",
                        "{" + name + "} is neither unit nor segment nor an input of the signature; its inputs are "
                                + String.join(", ", inputs.keySet()));
            } else if (names.contains(name)) {
                fields.problem("key", "{" + name + "} is a feature itself; expected an input that callers send");
            } else {
                fields.require(
                        isColumn(input) && isKey(input.datatype()),
                        "key",
                        "{" + name + "} is " + input.datatype() + " of shape " + input.shape()
                                + "; expected one text, whole number or truth value a row");
            }
        }
    }

    private static boolean isKey(DataType type) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BYTES -> true;
            case FP16, BF16, FP32, FP64 -> false;
        };
    }

    private Map<String, String> defaults(Fields written, List<String> names) {
        var defaults = new TreeMap<String, String>();
        for (String name : names) {
            String value = written.text(name);
            TensorSpec input = inputs.get(name);
            if (value != null) {
                defaults.put(name, value);
                written.require(
                        input == null || WrittenValues.isValue(input.datatype(), value),
                        name,
                        "expected a value of " + (input == null ? "" : input.datatype()) + ", found \"" + value + "\"");
            } else if (!written.has(name)) {
                written.problem(
                        name,
                        "missing: expected what the model gets while Redis has no value"
                                + (input == null ? "" : ", " + input.datatype()));
            }
        }
        return defaults;
    }
}
