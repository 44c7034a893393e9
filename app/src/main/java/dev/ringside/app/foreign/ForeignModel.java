package dev.ringside.app.foreign;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is that another server serves. Its canonical JSON is a version's file: it is registered, has a digest and
 * never changes, as a model file does.
 *
 * @param servers base addresses of servers that all serve it, such as {@code http://triton:8000} or
 *     {@code grpc://triton:8001}; {@code https} and {@code grpcs} with TLS
 * @param model its name there
 * @param version its version there; null where the server has none, and then whatever it answers with may change
 * @param timeout how long an answer may take, at most {@link #LONGEST}
 */
public record ForeignModel(
        List<String> servers, String model, @Nullable String version, Duration timeout) {
    /** How long an answer may take where nobody says. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_SERVERS = 32;
    private static final Set<String> SCHEMES = Set.of("http", "https", "grpc", "grpcs");

    /** Checks the addresses and the timeout. */
    public ForeignModel {
        require(
                servers != null && !servers.isEmpty() && servers.size() <= MOST_SERVERS,
                "servers",
                "expected 1 to " + MOST_SERVERS + " addresses such as http://triton:8000, found "
                        + (servers == null ? 0 : servers.size()));
        servers = List.copyOf(servers);
        servers.forEach(ForeignModel::address);
        require(model != null && !model.isBlank(), "model", "missing: expected the model's name at the server");
        require(version == null || !version.isBlank(), "version", "expected a version or none, found an empty one");
        timeout = timeout == null ? TIMEOUT : timeout;
        require(
                timeout.isPositive() && timeout.compareTo(LONGEST) <= 0,
                "timeout",
                "expected more than 0 and at most " + LONGEST.toMinutes() + "m, found " + timeout.toMillis() + "ms");
    }

    /**
     * The address of a server.
     *
     * @throws InvalidInput if it is none
     */
    static URI address(String server) {
        URI address;
        try {
            address = new URI(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
        } catch (URISyntaxException e) {
            throw new InvalidInput("servers", expected(server), e);
        }
        boolean grpc = address.getScheme() != null && address.getScheme().startsWith("grpc");
        require(
                address.getScheme() != null
                        && SCHEMES.contains(address.getScheme())
                        && address.getHost() != null
                        && address.getQuery() == null
                        && address.getFragment() == null,
                "servers",
                expected(server));
        require(
                address.getUserInfo() == null,
                "servers",
                "expected an address without a user or password, as everybody can read it");
        require(
                !grpc || (address.getPort() > 0 && address.getPath().isEmpty()),
                "servers",
                "expected a port and no path after " + address.getScheme() + "://, such as grpc://triton:8001, found \""
                        + server + "\"");
        return address;
    }

    private static String expected(String server) {
        return "expected an address such as http://triton:8000, https://…, grpc://triton:8001 or grpcs://…, found \""
                + server + "\"";
    }

    /** Reads what {@link #file} wrote. */
    static ForeignModel read(byte[] file) {
        return Json.readDocument(file, ForeignModel.class);
    }

    /** Its file. */
    public byte[] file() {
        return Json.bytes(this);
    }

    /** The model as complaints name it. */
    String words() {
        return "model '" + model + "'" + (version == null ? "" : " version '" + version + "'");
    }
}
