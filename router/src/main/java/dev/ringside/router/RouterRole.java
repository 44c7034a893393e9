package dev.ringside.router;

import dev.ringside.contract.Closing;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.router.cache.AnswerCache;
import dev.ringside.router.cache.AnswerStore;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.exposure.EventTimes;
import dev.ringside.router.exposure.Exposures;
import dev.ringside.router.exposure.PredictionLog;
import dev.ringside.router.exposure.Shipper;
import dev.ringside.router.exposure.Spool;
import dev.ringside.router.exposure.Writer;
import dev.ringside.router.feature.FeatureStore;
import dev.ringside.router.feature.Features;
import dev.ringside.router.limit.RequestLimits;
import dev.ringside.router.limit.SharedBuckets;
import dev.ringside.router.protection.BreakGlass;
import dev.ringside.router.protection.BreakGlassJournal;
import dev.ringside.router.protection.CallLimit;
import dev.ringside.router.protection.Forced;
import dev.ringside.router.route.Predictor;
import dev.ringside.router.route.RecentAnswers;
import dev.ringside.router.route.Router;
import dev.ringside.router.route.RoutingTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A running router with all its parts: made from its folder, stopped in order. Stop what calls {@link #router} first;
 * then {@link #close} ships the rest of the spool and says that it was all.
 */
public final class RouterRole implements AutoCloseable {
    private final Writer writer;
    private final Clock clock;
    private final EventTimes times;
    private final Spool spool;
    private final RoutingTables tables;
    private final BreakGlass breakGlass;
    private final Circuits circuits;
    private final Router.FromStores fromStores;
    private final Router router;
    private final Shipper shipper;
    private volatile boolean stopped;

    /**
     * What a router takes from outside.
     *
     * @param writer who it is
     * @param clock the wall's
     * @param stepped whether events take their times from the requests, and the clock is set by {@link ClockTick}s
     * @param ticker nanoseconds of a clock that only goes forward
     * @param random 64 random bits, from any thread
     */
    public record Surroundings(Writer writer, Clock clock, boolean stepped, LongSupplier ticker, LongSupplier random) {}

    /**
     * What routers share, each of which may be away.
     *
     * @param features the inputs that callers do not send
     * @param buckets how many requests have come
     * @param answers what models have answered
     */
    public record Stores(FeatureStore features, SharedBuckets buckets, AnswerStore answers) {}

    /**
     * Makes a router of a folder: its spool, its last routing table. Nothing runs before {@link #start}.
     *
     * @param folder the router's own, of this process alone; made if it does not exist
     */
    public RouterRole(
            Path folder,
            RouterConfig config,
            Surroundings surroundings,
            Stores stores,
            Predictor predictor,
            PredictionLog log)
            throws IOException {
        this.writer = surroundings.writer;
        this.clock = surroundings.clock;
        this.times = surroundings.stepped ? EventTimes.stepped() : EventTimes.wall(clock);
        this.spool = Spool.open(folder.resolve("spool"), writer.boot(), config.spoolBytes());
        this.tables = new RoutingTables(folder.resolve("routing-table.json"), clock);
        this.breakGlass = new BreakGlass(
                config.breakGlassFile().orElseGet(() -> folder.resolve("break-glass.yaml")),
                new BreakGlassJournal(folder.resolve("break-glass-changes.json"), clock));
        var limit = new CallLimit(config.callsPerVersion());
        var exposures = new Exposures(writer, times, spool);
        var recent = new RecentAnswers(config.repeats(), config.repeatsBytes(), surroundings.ticker);
        this.circuits = new Circuits();
        this.fromStores = new Router.FromStores(
                new RequestLimits(stores.buckets, circuits, surroundings.ticker),
                new Features(stores.features, circuits),
                new AnswerCache(stores.answers, circuits));
        this.router = new Router(
                tables,
                predictor,
                limit,
                breakGlass,
                exposures,
                recent,
                fromStores,
                surroundings.ticker,
                surroundings.random);
        this.shipper = new Shipper(exposures, log, tables::partitions, surroundings.ticker, config.drain());
    }

    /** Starts shipping, watching the break-glass file, and looking for stores that were given up. */
    public void start() {
        circuits.start();
        shipper.start();
        breakGlass.start();
    }

    /** The prediction API. */
    public Router router() {
        return router;
    }

    /** What came of what routers share. */
    public Router.FromStores fromStores() {
        return fromStores;
    }

    /** The routing table. */
    public RoutingTables tables() {
        return tables;
    }

    /** What is forced to the champion here. */
    public BreakGlass breakGlass() {
        return breakGlass;
    }

    /** Whether it can answer: it has a routing table, and is not stopping. */
    public boolean isReady() {
        return tables.current() != null && !stopped;
    }

    /** Takes a routing table from the topic {@code routing}. */
    public RoutingTables.Acceptance accept(RoutingTable table) {
        RoutingTables.Acceptance acceptance = tables.accept(table);
        shipper.wake();
        return acceptance;
    }

    /** Takes a step of the clock from the topic {@code routing}; ignored while the clock is the wall's. */
    public void accept(ClockTick step) {
        if (times.isStepped()) {
            times.accept(step);
            shipper.wake();
        }
    }

    /** What the router says of itself, now. */
    public FleetReport report() {
        RoutingTable table = tables.current();
        return new FleetReport(
                writer.id(),
                "router",
                writer.boot(),
                clock.instant(),
                table == null ? 0 : table.version(),
                times.isStepped() ? shipper.marked() : null,
                List.of(),
                spool.state(),
                breakGlass.forced().stream().map(Forced::place).toList(),
                breakGlass.changes(),
                router.counters().counts(),
                stopped,
                null);
    }

    /** Answers no more units, ships what is left, and marks the end. */
    @Override
    public void close() throws IOException {
        stopped = true;
        var closing = new Closing();
        closing.close(breakGlass);
        closing.close(circuits);
        closing.close(shipper);
        closing.close(spool);
        closing.end("the router");
    }
}
