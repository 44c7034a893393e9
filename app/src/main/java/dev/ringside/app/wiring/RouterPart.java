package dev.ringside.app.wiring;

import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.meters.FeatureMeters;
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
 * @param features where the inputs are that callers do not send, whose connection it closes
 * @param frontEnd asked for late: it is made of the role
 */
record RouterPart(
        RouterRole role,
        Identity identity,
        Backends backends,
        FeatureBackend features,
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
        var meters = new FeatureMeters(() -> role.features().counts());
        features.measureBy(meters::read);
        return List.of(
                new RouterMeters(
                        role::report,
                        () -> role.router().counters().fallbacks(),
                        () -> role.router().counters().answers(),
                        () -> role.tables().age()),
                meters);
    }

    @Override
    public void close() throws IOException {
        var closing = new Closing();
        closing.close(role);
        // After the last answer: nobody asks the models any more.
        closing.close(backends.connection());
        closing.close(features);
        closing.close(identity);
        closing.end("the router");
    }
}
