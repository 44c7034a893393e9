package dev.ringside.router.api;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.RouterRole;
import dev.ringside.router.protection.BreakGlass;
import dev.ringside.router.protection.Forced;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forces this router's slots and segments to the champion, whatever Kafka and PostgreSQL do. */
@Path("/api/router/break-glass")
@EndpointDisabled(name = "ringside.role.router.enabled", stringValue = "false")
public class BreakGlassResource {
    private final RouterRole role;

    private record Change(
            String slot,
            String segment,
            @Nullable Boolean forced,
            @Nullable String why) {}

    /**
     * What is answered.
     *
     * @param forced all that is forced to the champion
     * @param file where it is kept, and can be changed too
     * @param problem why the file does not say what is in effect
     */
    private record View(
            List<Forced> forced, String file, @Nullable String problem) {}

    @Inject
    public BreakGlassResource(RouterRole role) {
        this.role = role;
    }

    /** What is forced. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public String list() {
        BreakGlass breakGlass = role.breakGlass();
        return Json.write(new View(breakGlass.forced(), breakGlass.file().toString(), breakGlass.problem()));
    }

    /** Forces a place to the champion, or lets go of it. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public String change(@HeaderParam(ActorHeader.NAME) @Nullable String actor, byte[] body) {
        Change change = Json.readDocument(body, Change.class);
        Boolean force = change.forced();
        if (force == null) {
            throw new InvalidInput("forced", "missing: expected true or false");
        }
        String by = actor == null
                ? System.getProperty("user.name", "unknown")
                : ActorHeader.decode(actor).strip();
        var place = new Forced(change.slot(), change.segment(), by, change.why());
        if (force) {
            requireKnown(place);
            role.breakGlass().force(place);
        } else {
            role.breakGlass().release(place);
        }
        return list();
    }

    /** A misspelt name would force nothing, at the worst of moments. */
    private void requireKnown(Forced place) {
        RoutingTable table = role.tables().current();
        if (table == null || place.slot().equals(Forced.ALL)) {
            return;
        }
        SlotRoutes slot = table.slot(place.slot())
                .orElseThrow(() -> new InvalidInput(
                        "slot",
                        "no slot '" + place.slot() + "'; there are "
                                + table.slots().stream().map(SlotRoutes::name).toList()));
        var segments = new ArrayList<>(slot.segments());
        segments.add(SlotRoutes.OTHER);
        InvalidInput.require(
                place.segment().equals(Forced.ALL) || segments.contains(place.segment()),
                "segment",
                "slot '" + slot.name() + "' has no segment '" + place.segment() + "'; there are " + segments);
    }
}
