package dev.ringside.app.meters;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.router.route.Counters.Answered;
import dev.ringside.router.route.Counters.Fallbacks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What a router answers, what it holds back in its spool, and by which table it routes. */
public final class RouterMeters implements PartMeters {
    private static final String FALLBACKS = "ringside.router.fallbacks";
    private static final String ANSWERS = "ringside.router.answers";

    private final Supplier<FleetReport> report;
    private final Supplier<List<Fallbacks>> fallbacks;
    private final Supplier<Map<Answered, LongAdder>> answers;
    private final Supplier<Optional<Duration>> tableAge;
    private final Set<Answered> shown = new HashSet<>();
    private @Nullable MeterRegistry registry;

    /**
     * @param report what the router says of itself now
     * @param fallbacks by assigned arm and reason
     * @param answers to units, by arm; the counts go on counting
     * @param tableAge how long ago the table in effect was made; empty while there is none
     */
    public RouterMeters(
            Supplier<FleetReport> report,
            Supplier<List<Fallbacks>> fallbacks,
            Supplier<Map<Answered, LongAdder>> answers,
            Supplier<Optional<Duration>> tableAge) {
        this.report = report;
        this.fallbacks = fallbacks;
        this.answers = answers;
        this.tableAge = tableAge;
    }

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
        count("predictions", "Predictions answered for a unit");
        count("enrolled", "Predictions of units that are in an experiment");
        count("without_unit", "Predictions without a unit: the champion, in no experiment");
        count("repeated_requests", "Requests that were answered with an earlier prediction");
        count("failed", "Requests that no version could answer");
        count("break_glass", "Predictions forced to the champion by an operator");
        // Not under its own name: that is the gauge's, where both become ringside_router_spool_full.
        count("not_enrolled", "spool_full", "Predictions of units not enrolled, because the spool was full");
        count("not_logged", "Predictions that were answered and could not be logged");
        count("oversized", "Predictions logged without inputs and outputs, as these are too long for an event");
        count("segment_missing", "Requests that named no segment, of slots that have some");
        count("segment_unknown", "Requests that named a segment which their slot does not have");
        gauge("spool.pending", "Events in the spool that Kafka has not acknowledged", null, r -> spool(r).pending());
        gauge("spool.size", "Size of the events in the spool", "bytes", r -> spool(r).bytes());
        gauge(
                "spool.full",
                "1 while the spool takes no more and no unit is enrolled",
                null,
                r -> spool(r).full() ? 1 : 0);
        gauge("table.version", "Version of the routing table in effect, 0 for none", null, FleetReport::routingVersion);
        Gauge.builder("ringside.router.table.age", this, RouterMeters::age)
                .description("Time since the routing table in effect was made; NaN while there is none")
                .baseUnit("seconds")
                .register(to);
    }

    private void count(String name, String description) {
        count(name, name, description);
    }

    private void count(String name, String counter, String description) {
        FunctionCounter.builder(
                        "ringside.router." + name,
                        this,
                        meters -> meters.report.get().counters().getOrDefault(counter, 0L))
                .description(description)
                .register(bound());
    }

    private void gauge(String name, String description, @Nullable String unit, ToDoubleFunction<FleetReport> value) {
        Gauge.builder("ringside.router." + name, this, meters -> value.applyAsDouble(meters.report.get()))
                .description(description)
                .baseUnit(unit)
                .register(bound());
    }

    private static FleetReport.Spool spool(FleetReport report) {
        FleetReport.Spool spool = report.spool();
        return spool == null ? new FleetReport.Spool(0, 0, false) : spool;
    }

    private double age() {
        return tableAge.get().map(Meters::seconds).orElse(Double.NaN);
    }

    /** One counter for each arm and what came of its requests, from the first of them on. */
    @Override
    public void refresh() {
        answers.get().forEach((answered, count) -> {
            if (shown.add(answered)) {
                FunctionCounter.builder(ANSWERS, count, LongAdder::sum)
                        .description("Answers to units, by arm and by what came of them")
                        .tags(tags(answered))
                        .register(bound());
            }
        });
        fallbacks.get().stream().map(RouterMeters::arm).distinct().forEach(arm -> {
            if (bound().find(FALLBACKS).tags(arm).functionCounter() == null) {
                FunctionCounter.builder(FALLBACKS, this, meters -> meters.fallbacks(arm))
                        .description("Predictions that the champion gave in the assigned version's place")
                        .tags(arm)
                        .register(bound());
            }
        });
    }

    private double fallbacks(Tags arm) {
        return fallbacks.get().stream()
                .filter(row -> arm(row).equals(arm))
                .mapToLong(Fallbacks::count)
                .sum();
    }

    private static Tags arm(Fallbacks row) {
        return arm(row.slot(), row.segment(), row.experiment(), row.variant())
                .and("version", row.version(), "reason", row.reason());
    }

    private static Tags tags(Answered answered) {
        return arm(answered.slot(), answered.segment(), answered.experiment(), answered.variant())
                .and("result", answered.result().name().toLowerCase(Locale.ROOT), "reason", orNone(answered.reason()));
    }

    private static Tags arm(String slot, String segment, @Nullable String experiment, @Nullable String variant) {
        return Tags.of("slot", slot, "segment", segment, "experiment", orNone(experiment), "variant", orNone(variant));
    }

    private static String orNone(@Nullable String label) {
        return label == null ? "" : label;
    }

    private MeterRegistry bound() {
        if (registry == null) {
            throw new IllegalStateException("the meters are not bound to a registry");
        }
        return registry;
    }
}
