package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code experiment.yaml} says, its defaults filled in.
 *
 * @param name the experiment's name
 * @param slot the slot that it is about
 * @param description what it is about, in its owner's words; may change at any time
 * @param owner who answers for it; may change at any time
 * @param waves the segments by wave; all of them are registered from the start, whether or not they ever begin
 * @param arms the control first, then the challenger
 * @param coverage which share of a segment's units takes part; may only grow
 * @param salt salts the variant hash
 * @param kpis exactly one of them primary
 * @param maxDuration how long a region enrols units; it is decided at the latest when the last of their cohorts closes
 * @param scope what a promotion is decided over
 * @param nextWave when the next wave starts
 * @param harmAction what proven harm leads to in the region where it was proven
 * @param harmElsewhere what it leads to in other running regions that try the same version
 * @param holdback what keeps the old champion for some after a promotion; null for nothing
 */
public record ExperimentDocument(
        String name,
        String slot,
        @Nullable String description,
        @Nullable String owner,
        List<List<String>> waves,
        List<Arm> arms,
        Coverage coverage,
        String salt,
        List<KpiDefinition> kpis,
        Duration maxDuration,
        Scope scope,
        NextWave nextWave,
        HarmAction harmAction,
        HarmElsewhere harmElsewhere,
        Holdback.@Nullable Plan holdback) {
    /** The name of the control's variant. */
    public static final String CONTROL = "champion";

    /** What a promotion is decided over. */
    public enum Scope {
        /** The regions of a wave together; each has its own veto. */
        @JsonProperty("wave")
        WAVE,
        /** Each region alone, with its part of α. */
        @JsonProperty("region")
        REGION
    }

    /** When the next wave starts, once every region of the one before is decided. */
    public enum NextWave {
        /** One of them is promoted, none rolled back. */
        @JsonProperty("one_promoted_none_rolled_back")
        ONE_PROMOTED_NONE_ROLLED_BACK,
        /** One of them is promoted, whatever became of the others. */
        @JsonProperty("one_promoted")
        ONE_PROMOTED,
        /** When a person starts its regions. */
        @JsonProperty("manual")
        MANUAL
    }

    /** What proven harm leads to in the region where it was proven. */
    public enum HarmAction {
        /** The challenger goes. */
        @JsonProperty("roll_back")
        ROLL_BACK,
        /** Everybody gets the champion until a person decides. */
        @JsonProperty("pause")
        PAUSE
    }

    /** What harm that was proven in one region leads to in other running regions that try the same version. */
    public enum HarmElsewhere {
        /** Everybody gets the champion until a person decides. */
        @JsonProperty("pause")
        PAUSE,
        /** It is shown there. */
        @JsonProperty("warn")
        WARN,
        /** The challenger goes there too. */
        @JsonProperty("roll_back")
        ROLL_BACK
    }

    /** Copies the lists; what a document of the first release does not say is as it was then. */
    public ExperimentDocument {
        harmElsewhere = harmElsewhere == null ? HarmElsewhere.WARN : harmElsewhere;
        waves = waves.stream().map(List::copyOf).toList();
        arms = List.copyOf(arms);
        kpis = List.copyOf(kpis);
    }

    /**
     * An arm.
     *
     * @param variant its name; the control's is {@value #CONTROL}
     * @param version its version; the control may leave it to the champion that each segment has at its start
     * @param weight its share among the weights of all arms
     */
    public record Arm(String variant, @Nullable String version, int weight) {}

    /**
     * Reads a document.
     *
     * @param name the name that the URL gives
     * @param salt gives the salt where the document has none
     * @throws dev.ringside.contract.InvalidInput with every problem
     */
    public static ExperimentDocument read(String name, JsonNode document, Supplier<String> salt) {
        return read(name, document, salt, null, null);
    }

    /**
     * Reads a document of an experiment that may have started: what it leaves out of its plan is then as it was.
     *
     * @param started as it is kept; null for a draft
     * @param slots what it is held against; null for itself alone
     */
    static ExperimentDocument read(
            String name,
            JsonNode document,
            Supplier<String> salt,
            @Nullable ExperimentDocument started,
            DocumentReader.@Nullable KnownSlots slots) {
        return new DocumentReader(name, document, started, slots).read(salt);
    }

    /** All segments, wave by wave. */
    public Stream<String> segments() {
        return waves.stream().flatMap(List::stream);
    }

    /** The KPI that decides. */
    public KpiDefinition primary() {
        return kpis.stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }

    /** The longest window of a KPI that decides. */
    public Duration longestWindow() {
        return kpis.stream()
                .filter(kpi -> kpi.role() != KpiDefinition.Role.MONITOR)
                .map(KpiDefinition::window)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** The arm that challenges. */
    public Arm challenger() {
        return arms.getLast();
    }

    /** What the aggregator must know of an epoch with this design. */
    public EpochDefinition definition(int epoch) {
        return definition(name, epoch);
    }

    EpochDefinition definition(String countedAs, int epoch) {
        return new EpochDefinition(
                countedAs, epoch, slot, arms.stream().map(Arm::variant).toList(), kpis);
    }
}
