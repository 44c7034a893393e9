package dev.ringside.app.servers;

import dev.ringside.contract.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The servers that this process needs. */
@Path("/api/servers")
public class ServersResource {
    /** Whether each answers, and since when it does not. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list() {
        return Json.bytes(Servers.current().states());
    }
}
