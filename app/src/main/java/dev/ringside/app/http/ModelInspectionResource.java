package dev.ringside.app.http;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.json.Json;
import dev.ringside.engine.ModelFailure;
import dev.ringside.serving.verification.Inspector;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeoutException;

/** Says what a model file is, whose bytes are the body. It is kept only as long as that takes. */
@Path("/api/models/inspect")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@EndpointDisabled(name = "ringside.role.serving.enabled", stringValue = "false")
public final class ModelInspectionResource {
    private final Inspector inspector;
    private final PlatformConfig platform;

    ModelInspectionResource(Inspector inspector, PlatformConfig platform) {
        this.inspector = inspector;
        this.platform = platform;
    }

    /** Opens the file, runs it once on zeros, and answers its digest and signature. */
    @POST
    public byte[] inspect(InputStream body) throws IOException, InterruptedException {
        java.nio.file.Path folder =
                Files.createDirectories(platform.dataDir().resolve("serving").resolve("inspection"));
        java.nio.file.Path file = Files.createTempFile(folder, "model-", ".part");
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            return Json.bytes(inspector.inspect(file));
        } catch (ModelFailure e) {
            throw new InferenceFailure(Cause.MALFORMED, ModelInspections.NOT_SERVABLE + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new InferenceFailure(Cause.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
