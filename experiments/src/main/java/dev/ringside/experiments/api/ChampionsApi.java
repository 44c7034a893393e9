package dev.ringside.experiments.api;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.slot.Champion;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is, and who was, champion of a slot's segments. */
@Path("/api/slots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.experiments.enabled", stringValue = "false")
public final class ChampionsApi {
    private final Provider<ControlPlane> plane;

    /** Serves a control plane. */
    @Inject
    public ChampionsApi(Provider<ControlPlane> plane) {
        this.plane = plane;
    }

    private record ChampionOrder(
            @Nullable String segment,
            @Nullable String version,
            @Nullable String why,
            @Nullable String expected) {}

    private record RollBackOrder(
            @Nullable String segment,
            @Nullable String why,
            @Nullable String to) {}

    private record ChampionView(
            String slot,
            @Nullable String segment,
            String version,
            boolean byDefault,
            @Nullable Instant since,
            Instant sinceWall,
            String actor,
            @Nullable String why,
            List<Champion> history,
            Map<String, String> champions) {}

    /** The champion of a segment, now or at an event time. */
    @GET
    @Path("/{slot}/champion")
    public Response get(
            @PathParam("slot") String slot,
            @QueryParam("segment") @Nullable String segment,
            @QueryParam("at") @Nullable String at) {
        Instant time = Requests.time("at", at);
        return Answers.read(plane, tx -> view(tx, Slots.get(tx, slot), segment, time == null ? Instant.MAX : time));
    }

    /** Makes a version champion of a segment, or the default champion. */
    @POST
    @Path("/{slot}/champion")
    public Response point(
            @PathParam("slot") String slot,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        ChampionOrder order = Requests.order(body, ChampionOrder.class, "order");
        String version = Requests.required("version", order.version(), "a version of the slot");
        Cause cause = Requests.reason(actor, order.why());
        return Answers.write(plane, tx -> {
            SlotDocument document = Slots.get(tx, slot);
            plane.get()
                    .champions()
                    .point(tx, document, order.segment(), version, order.expected(), "champion.set", cause);
            return view(tx, document, order.segment(), Instant.MAX);
        });
    }

    /** Makes the champion before, or any earlier one, champion again. */
    @POST
    @Path("/{slot}/roll-back")
    public Response rollBack(
            @PathParam("slot") String slot,
            @HeaderParam(Requests.ACTOR) @Nullable String actor,
            byte @Nullable [] body) {
        RollBackOrder order = Requests.order(body, RollBackOrder.class, "order");
        Cause cause = Requests.reason(actor, order.why());
        return Answers.write(plane, tx -> {
            SlotDocument document = Slots.get(tx, slot);
            plane.get().champions().rollBack(tx, document, order.segment(), order.to(), cause);
            return view(tx, document, order.segment(), Instant.MAX);
        });
    }

    private static ChampionView view(Tx tx, SlotDocument slot, @Nullable String segment, Instant at) {
        if (segment != null) {
            slot.requireSegment("segment", segment);
        }
        String key = segment == null ? Champions.DEFAULT : segment;
        Champion champion = Champions.at(tx, slot.name(), key, at)
                .orElseThrow(() -> Refusal.unknown("slot '" + slot.name() + "' has no champion"
                        + (segment == null ? " by default" : " in " + segment)
                        + (at.equals(Instant.MAX) ? " yet" : " at " + at)));
        Map<String, String> champions = new TreeMap<>(Champions.pointers(tx, slot.name()));
        champions.remove(Champions.DEFAULT);
        return new ChampionView(
                slot.name(),
                segment,
                champion.version(),
                champion.segment().equals(Champions.DEFAULT) || champion.followsDefault(),
                champion.since(),
                champion.sinceWall(),
                champion.actor(),
                champion.why(),
                Champions.history(tx, slot.name(), champion.segment()),
                champions);
    }
}
