package dev.ringside.app.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * With what a process of the platform proves itself to another one.
 *
 * @param key an API key of the role service; empty where nobody has to prove who they are
 */
public record ServiceKey(Optional<String> key) {
    /** No key. */
    public static final ServiceKey NONE = new ServiceKey(Optional.empty());

    /** Begins a request that has it. */
    HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return key.isPresent() ? "a service key" : "no service key";
    }
}
