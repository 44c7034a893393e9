package dev.ringside.metrics.api;

import dev.ringside.contract.json.Json;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** How far the log is archived. */
@Path("/api/archive")
@EndpointDisabled(name = "ringside.role.metrics.enabled", stringValue = "false")
public class ArchiveResource {
    private final ArchiveProgress progress;

    /** Asks the archive of this process and the log that it follows. */
    @FunctionalInterface
    public interface ArchiveProgress {
        /** Each partition's progress. */
        List<PartitionProgress> partitions();
    }

    /**
     * A partition of {@code unit-events} and of its archive.
     *
     * @param archivedEndOffset everything before this offset is in published files; it is not itself
     * @param endOffset the offset that the log's next record will have
     * @param files how many files there are
     */
    public record PartitionProgress(int partition, long archivedEndOffset, long endOffset, long files) {}

    @Inject
    public ArchiveResource(ArchiveProgress progress) {
        this.progress = progress;
    }

    /** How far the log is archived. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public String progress() {
        return Json.write(progress.partitions());
    }
}
