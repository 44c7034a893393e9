package dev.ringside.app.access;

import dev.ringside.app.configuration.AuthConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may do what they ask for, by whichever protocol they come. */
public final class Doorkeeper {
    private final Optional<ApiKeys> keys;

    /**
     * @throws dev.ringside.contract.InvalidInput if a configured key is not as it must be
     * @throws IOException if the file of the keys cannot be read
     */
    public Doorkeeper(AuthConfig auth) throws IOException {
        this.keys = ApiKeys.of(auth);
    }

    /** What becomes of a request. */
    public sealed interface Verdict {
        /**
         * It may be answered.
         *
         * @param key of whoever asks; null where nobody has to prove who they are
         */
        record Admitted(@Nullable ApiKey key) implements Verdict {}

        /** Whoever asks has not proven who they are. */
        record Unproven(String message) implements Verdict {}

        /** Whoever asks may not do this. */
        record Forbidden(String message) implements Verdict {}
    }

    /** Whether anybody has to prove who they are. */
    boolean asksForKeys() {
        return keys.isPresent();
    }

    /**
     * Looks at a request.
     *
     * @param method of the operation, as HTTP has it
     * @param path of the operation, as HTTP has it
     * @param words what a refusal calls it
     * @param authorization {@code Bearer KEY}, or {@code Basic} with the key as password; null for none
     */
    public Verdict admit(String method, String path, String words, @Nullable String authorization) {
        if (keys.isEmpty() || Permissions.isOpen(method, path)) {
            return new Verdict.Admitted(null);
        }
        Optional<ApiKey> key = keys.get().whose(authorization);
        if (key.isEmpty()) {
            return new Verdict.Unproven(
                    "an API key is needed: send Authorization: Bearer KEY, or in a browser the key as the password");
        }
        Set<AccessRole> may = Permissions.of(method, path);
        ApiKey who = key.get();
        if (!may.contains(who.role())) {
            String roles = may.stream().map(AccessRole::label).sorted().collect(Collectors.joining(" or "));
            return new Verdict.Forbidden(
                    "'" + who.name() + "' has the role " + who.role().label() + "; " + words + " needs " + roles);
        }
        return new Verdict.Admitted(who);
    }
}
