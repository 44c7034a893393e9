package dev.ringside.app.command;

import dev.ringside.app.access.ApiKeys;
import dev.ringside.app.access.Hosts;
import dev.ringside.app.configuration.AuthConfig;
import dev.ringside.app.embedded.StartRefused;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;

/** What keeps a process from starting where everybody could decide what it serves. */
final class OpenDoor {
    private OpenDoor() {}

    /**
     * Makes sure that who reaches a process from another machine has to prove who they are.
     *
     * @param host the address that it will listen on
     */
    static void requireAuthentication(String host, AuthConfig auth) throws StartRefused {
        if (!auth.isConfigured() && !Hosts.isLoopback(host)) {
            throw new StartRefused("quarkus.http.host=" + host + " would let everybody who reaches this machine decide"
                    + " what it serves: make an API key with 'ringside auth create-key --role operator --name NAME' and"
                    + " configure it as ringside.auth.keys, or listen on 127.0.0.1");
        }
        try {
            var _ = ApiKeys.of(auth);
        } catch (InvalidInput | IOException e) {
            throw new StartRefused("the API keys cannot be read: " + (e instanceof IOException ? e : e.getMessage()));
        }
    }
}
