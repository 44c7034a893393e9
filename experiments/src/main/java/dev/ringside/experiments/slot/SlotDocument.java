package dev.ringside.experiments.slot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.ContentLog.Share;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.document.Fields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code slot.yaml} says: a place for one model at a time, under one name in the URL.
 *
 * @param name the model name in the URL
 * @param unitType what is randomised, such as {@code rider}; shown only
 * @param segmentAttribute the request parameter that names the segment; default "segment"
 * @param segments the declared segments; any other value, or none, is {@code other}; default none
 * @param signature what its versions take and give
 * @param deadline how long a prediction may take, at most 1h; default 1s
 * @param defaultChampion the version that segments without a champion of their own get, as soon as it is registered and
 *     ready; null leaves that to {@code POST /api/slots/{slot}/champion}
 * @param layerSalt salts the coverage hash; default random
 * @param log what events say of inputs and outputs; default all
 * @param features where the inputs are that callers do not send; null if they send all
 * @param limits how many requests it takes; null for any number
 * @param cache whether answers are given again; null if the model is always asked
 */
public record SlotDocument(
        String name,
        String unitType,
        String segmentAttribute,
        List<String> segments,
        Signature signature,
        Duration deadline,
        @Nullable String defaultChampion,
        String layerSalt,
        ContentLog log,
        @Nullable FeatureSource features,
        @Nullable RequestLimit limits,
        @Nullable AnswerReuse cache) {
    /** Parameters that Ringside or Triton reads as something else. */
    private static final Set<String> TAKEN = Set.of(
            "unit",
            "action",
            "action_propensity",
            "time",
            "priority",
            "timeout",
            "headers",
            "sequence_id",
            "sequence_start",
            "sequence_end",
            "binary_data_output");

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);

    /** Copies the list; what a document of an earlier release does not say is logged. */
    public SlotDocument {
        segments = List.copyOf(segments);
        log = log == null ? ContentLog.ALL : log;
    }

    /**
     * Reads a document.
     *
     * @param name the name that the URL gives
     * @param salt gives the layer salt where the document has none
     * @throws InvalidInput with every problem
     */
    public static SlotDocument read(String name, JsonNode document, Supplier<String> salt) {
        Names.check("name", name);
        Fields fields = Fields.of(document);
        String written = fields.text("name");
        fields.require(
                written == null || written.equals(name),
                "name",
                "expected \"" + name + "\" as in the URL, or nothing, found \"" + written + "\"");
        String unitType = fields.requiredText("unit_type", "what is randomised, such as rider");
        String attribute = fields.text("segment_attribute");
        List<String> segments = fields.texts("segments");
        Signature signature = fields.contract("signature", Signature.class);
        fields.require(
                signature != null || fields.has("signature"), "signature", "missing: expected inputs and outputs");
        Duration deadline = fields.duration("deadline", DEFAULT_DEADLINE);
        fields.require(
                deadline.compareTo(LONGEST_DEADLINE) <= 0,
                "deadline",
                "expected at most 1h, found " + DurationText.format(deadline));
        String champion = fields.parsed("default_champion", v -> Names.check("", v));
        String layerSalt = fields.parsed("layer_salt", v -> Names.check("", v));
        ContentLog log = fields.object("log", SlotDocument::log);
        FeatureSource features = fields.object("features", inner -> SlotFeatures.read(inner, signature, deadline));
        RequestLimit limits = fields.object("limits", inner -> SlotTraffic.limits(inner, deadline));
        AnswerReuse cache = fields.object("cache", inner -> SlotTraffic.cache(inner, deadline));
        List<String> declared = segments == null ? List.of() : segments;
        check(fields, declared);
        fields.require(attribute == null || !attribute.isBlank(), "segment_attribute", "expected a parameter's name");
        fields.require(
                attribute == null || !TAKEN.contains(attribute),
                "segment_attribute",
                "'" + attribute + "' means something else in a request's parameters; name another one, such as region");
        fields.finish();
        if (signature == null) {
            throw new InvalidInput("signature", "missing: expected inputs and outputs");
        }
        return new SlotDocument(
                name,
                unitType,
                attribute == null ? "segment" : attribute,
                declared,
                signature,
                deadline,
                champion,
                layerSalt == null ? salt.get() : layerSalt,
                log == null ? ContentLog.ALL : log,
                features,
                limits,
                cache);
    }

    private static ContentLog log(Fields fields) {
        Share inputs = fields.parsed("inputs", Share::parse);
        return new ContentLog(inputs == null ? Share.ALL : inputs, fields.flag("outputs", true));
    }

    private static void check(Fields fields, List<String> segments) {
        var seen = new HashSet<String>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String field = "segments[" + i + "]";
            try {
                Names.check("", segment);
            } catch (InvalidInput e) {
                fields.problem(field, e.rule());
            }
            fields.require(
                    !segment.equals(SlotRoutes.OTHER), field, "'other' is every slot's last segment; leave it out");
            fields.require(seen.add(segment), field, "\"" + segment + "\" stands here twice");
        }
    }

    /** Whether requests can fall in a segment of this name. */
    public boolean hasSegment(String segment) {
        return segment.equals(SlotRoutes.OTHER) || segments.contains(segment);
    }

    /**
     * Checks that requests can fall in a segment of this name.
     *
     * @throws InvalidInput naming the segments that there are
     */
    public void requireSegment(String field, String segment) {
        InvalidInput.require(hasSegment(segment), field, noSegment(segment));
    }

    /** What is said of a segment that it does not have. */
    public String noSegment(String segment) {
        return "slot '" + name + "' has no segment \"" + segment + "\"; its segments are " + String.join(", ", segments)
                + (segments.isEmpty() ? "" : " and ") + SlotRoutes.OTHER;
    }
}
