package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.OutcomeClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One partition on stage: an experiment with a KPI of a day's window and an hour's grace, a router and an ingest. */
public final class Scene {
    /** Noon of the first day; its cohort closes two days and an hour after it began, on the third day at one o'clock. */
    public static final Instant NOON = Instant.parse("2001-04-01T12:00:00Z");

    static final Instant FIRST_DAY = Instant.parse("2001-04-01T00:00:00Z");

    public static final Instant CLOSING = Instant.parse("2001-04-03T01:00:00Z");

    private final Definitions definitions = new Definitions(Duration.ZERO);
    private final AttributionState state;
    private final Attribution attribution;
    private final List<Emissions> said = new ArrayList<>();
    private long offset;
    private long sequence;

    Scene() {
        this(new MemoryState());
    }

    Scene(AttributionState state) {
        this.state = state;
        definitions.accept(definition());
        attribution = new Attribution(0, 1, state, definitions, 2000);
        accept(mark("ingest", Mark.Role.INGEST, null));
        accept(mark("router", Mark.Role.ROUTER, null));
    }

    AttributionState state() {
        return state;
    }

    public static EpochDefinition definition() {
        return new EpochDefinition(
                "better",
                1,
                "eta",
                List.of("champion", "challenger"),
                List.of(new KpiDefinition(
                        "value",
                        KpiDefinition.Kind.MEAN,
                        "value",
                        KpiDefinition.Combine.SUM,
                        KpiDefinition.Missing.ZERO,
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        KpiDefinition.Direction.UP,
                        KpiDefinition.Role.PRIMARY,
                        0.02,
                        0.8,
                        null,
                        null,
                        null)));
    }

    Emissions accept(UnitEvent event) {
        Emissions emissions = attribution.accept(event, offset++);
        said.add(emissions);
        return emissions;
    }

    /** The experiment is over. */
    void end(Instant at) {
        definitions.end(new ExperimentEnded("better", 1, at));
    }

    /** Both writers mark. */
    Emissions mark(Instant through) {
        accept(mark("ingest", Mark.Role.INGEST, through));
        return accept(mark("router", Mark.Role.ROUTER, through));
    }

    public static Mark mark(String writer, Mark.Role role, @Nullable Instant through) {
        return new Mark(writer, role, 1, through, true, false);
    }

    Emissions predict(long hash, String variant, Instant time) {
        return accept(prediction(hash, "unit-" + hash, "better", variant, time, ++sequence));
    }

    Emissions predictOutside(long hash, Instant time) {
        return accept(prediction(hash, "unit-" + hash, null, null, time, ++sequence));
    }

    public static Prediction prediction(
            long hash,
            String unit,
            @Nullable String experiment,
            @Nullable String variant,
            Instant time,
            long sequence) {
        return new Prediction(
                PredictionId.of(time, hash, sequence),
                unit,
                time,
                "eta",
                "SLC",
                experiment,
                experiment == null ? null : 1,
                variant,
                "v1",
                "v1",
                0.5,
                null,
                null,
                null,
                null,
                "router",
                1,
                sequence);
    }

    Emissions happen(long hash, String eventId, double value, Instant time, Instant receivedAt) {
        return accept(outcome(hash, eventId, 0, false, value, time, receivedAt));
    }

    public static Outcome outcome(
            long hash,
            String eventId,
            int revision,
            boolean retraction,
            double value,
            Instant time,
            Instant receivedAt) {
        return new Outcome(
                eventId,
                revision,
                retraction,
                hash,
                "unit-" + hash,
                null,
                "value",
                Math.round(value * 1e6),
                time,
                receivedAt,
                "ingest");
    }

    /** The last that was said of the KPI in an arm's first cohort. */
    Optional<KpiMessage.Cell> cell(String variant) {
        return messages(KpiMessage.Cell.class).stream()
                .filter(c -> c.key().variant().equals(variant))
                .reduce((a, b) -> b);
    }

    Optional<KpiMessage.Arm> arm(String variant) {
        return arm(variant, FIRST_DAY);
    }

    /** The last that was said of an arm's cohort. */
    Optional<KpiMessage.Arm> arm(String variant, Instant cohort) {
        return messages(KpiMessage.Arm.class).stream()
                .filter(c ->
                        c.key().variant().equals(variant) && c.key().cohort().equals(cohort))
                .reduce((a, b) -> b);
    }

    KpiMessage.Snapshot snapshot() {
        return messages(KpiMessage.Snapshot.class).getLast();
    }

    long outcomes(OutcomeClass as) {
        return snapshot().totals().outcomes().get(as);
    }

    <M extends KpiMessage> List<M> messages(Class<M> type) {
        return said.stream()
                .flatMap(e -> e.messages().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
