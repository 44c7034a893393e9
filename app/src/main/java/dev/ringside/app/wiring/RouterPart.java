package dev.ringside.app.wiring;

import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.meters.CacheMeters;
import dev.ringside.app.meters.FeatureMeters;
import dev.ringside.app.meters.LimitMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.app.meters.RouterMeters;
import dev.ringside.contract.Closing;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.router.RouterRole;
import jakarta.inject.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prediction API.
 *
 * @param backends the models behind it, whose connection it closes
 * @param redis what routers share, whose connections it closes
 * @param frontEnd asked for late: it is made of the role
 */
record RouterPart(
        RouterRole role,
        Identity identity,
        Backends backends,
        RedisBackend redis,
        Provider<InferenceFrontEnd> frontEnd,
        Duration patience)
        implements Part {
    @Override
    public String name() {
        return "router";
    }

    @Override
    public @Nullable String notReady() {
        if (!role.isReady()) {
            return "router: no routing table yet";
        }
        return frontEnd.get().ready() ? null : "router: the models that it routes to are not all ready";
    }

    @Override
    public void accept(RoutingTable table) {
        role.accept(table);
    }

    @Override
    public void accept(ClockTick tick) {
        role.accept(tick);
    }

    @Override
    public FleetReport report() {
        return role.report();
    }

    @Override
    public List<PartMeters> meters() {
        var features = new FeatureMeters(() -> role.fromStores().features().counts());
        redis.measureBy(features::read);
        return List.of(
                new RouterMeters(
                        role::report,
                        () -> role.router().counters().fallbacks(),
                        () -> role.router().counters().answers(),
                        () -> role.tables().age()),
                features,
                new LimitMeters(() -> role.fromStores().limits().counts()),
                new CacheMeters(() -> role.fromStores().cache().counts()));
    }

    @Override
    public void close() throws IOException {
        var closing = new Closing();
        closing.close(role);
        // After the last answer: nobody asks the models any more.
        closing.close(backends.connection());
        closing.close(redis);
        closing.close(identity);
        closing.end("the router");
    }
}
