package dev.ringside.app.http;

import dev.ringside.app.kafka.Standing;
import dev.ringside.contract.json.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** What this process does not read any more, and why. */
@Path("/api/standstills")
public class StandstillsResource {
    private final Source source;

    /** Asks the parts of this process. */
    public interface Source {
        /** What keeps this process from its work, in words; empty if nothing does. */
        List<String> notReady();

        /** Which topics, or partitions of them, this process does not read any more, and why. */
        List<Standing> standing();

        /** How many records this process passed over since it started, by topic. */
        Map<String, Long> passedOver();
    }

    /**
     * What stands still.
     *
     * @param notReady what keeps this process from its work, in words; empty if nothing does
     * @param standstills topics, or partitions of them, that are not read any more
     * @param passedOver records that could not be taken and were passed over since the start, by topic
     */
    record Standstills(List<String> notReady, List<Standing> standstills, Map<String, Long> passedOver) {}

    @Inject
    public StandstillsResource(Source source) {
        this.source = source;
    }

    /** What stands still now. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public String standstills() {
        return Json.write(new Standstills(source.notReady(), source.standing(), source.passedOver()));
    }
}
