package dev.ringside.app.wiring;

import dev.ringside.app.kafka.FailurePolicy;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.kafka.Standing;
import dev.ringside.app.kafka.TopicFollower;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.ControlMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.Closing;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.control.ControlPlane;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The control plane, fed from Kafka, with a step each second. */
final class ExperimentsPart implements Part {
    private static final System.Logger LOG = System.getLogger(ExperimentsPart.class.getName());

    private final ControlPlane plane;
    private final @Nullable Clock eventClock;
    private final TopicFollower moments;
    private final TopicFollower fleet;
    private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("control-plane-step").factory());

    /** @param eventClock the clock of events; null where it is set from outside */
    ExperimentsPart(ControlPlane plane, KafkaConnection kafka, @Nullable Clock eventClock) {
        this.plane = plane;
        this.eventClock = eventClock;
        this.moments = new TopicFollower(
                        kafka,
                        Topics.KPI_MOMENTS,
                        FailurePolicy.STOP,
                        _ -> 0,
                        record -> plane.accept(Json.read(record.value(), KpiMessage.class), record.offset()))
                .start();
        this.fleet = new TopicFollower(
                        kafka,
                        Topics.FLEET,
                        FailurePolicy.SKIP,
                        _ -> 0,
                        record -> plane.accept(Json.read(record.value(), FleetReport.class)))
                .start();
        // The server waits for open requests before anything is told to stop, and a page's stream is one.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("end-streams").unstarted(plane.changes()::close));
        plane.start();
        var _ = steps.scheduleWithFixedDelay(this::step, 0, 250, TimeUnit.MILLISECONDS);
    }

    /** A step that fails is tried again by the next: nothing of it was committed. */
    private void step() {
        if (!moments.caughtUp() || !fleet.caughtUp()) {
            return;
        }
        try {
            plane.step().run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a step of the control plane failed", e);
        }
    }

    @Override
    public String name() {
        return "experiments";
    }

    @Override
    public @Nullable String notReady() {
        return moments.caughtUp() && fleet.caughtUp()
                ? null
                : "experiments: still reading what was counted before the start";
    }

    @Override
    public List<Standing> standing() {
        return Stream.of(moments, fleet).flatMap(f -> f.standing().stream()).toList();
    }

    @Override
    public Map<String, Long> passedOver() {
        return Map.of(Topics.FLEET, fleet.passedOver());
    }

    @Override
    public List<PartMeters> meters() {
        return List.of(
                new ControlMeters(plane.ledger(), plane.installation().partitions(), plane.looks()::made, eventClock));
    }

    @Override
    public void close() throws IOException {
        var closing = new Closing();
        closing.close(steps);
        closing.close(moments);
        closing.close(fleet);
        closing.close(plane);
        closing.end("the control plane");
    }
}
