package dev.ringside.experiments.experiment;

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
 * @param waves the segments by wave; all of them are registered from the start, whether or not they ever begin
 * @param arms the control first, then the challenger
 * @param coverage which share of a segment's units takes part; may only grow
 * @param salt salts the variant hash
 * @param kpis exactly one of them primary
 * @param maxDuration how long a region enrols units; it is decided at the latest when the last of their cohorts closes
 * @param scope what a verdict is about; {@code region}
 * @param nextWave when the next wave starts; {@code one_promoted}: when every region of the one before is decided and
 *     one of them is promoted
 * @param harmAction what proven harm leads to; {@code roll_back}
 */
public record ExperimentDocument(
        String name,
        String slot,
        List<List<String>> waves,
        List<Arm> arms,
        Coverage coverage,
        String salt,
        List<KpiDefinition> kpis,
        Duration maxDuration,
        String scope,
        String nextWave,
        String harmAction) {
    /** The name of the control's variant. */
    public static final String CONTROL = "champion";

    /** Copies the lists. */
    public ExperimentDocument {
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
        return new DocumentReader(name, document).read(salt);
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

    /** The arm that challenges. */
    public Arm challenger() {
        return arms.getLast();
    }

    /** What the aggregator must know of an epoch with this design. */
    public EpochDefinition definition(int epoch) {
        return new EpochDefinition(
                name, epoch, slot, arms.stream().map(Arm::variant).toList(), kpis);
    }
}
