package dev.ringside.experiments.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.StoreFailure;
import jakarta.inject.Provider;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** How the API answers: JSON with every field, null where nothing exists, and each refusal with its status. */
final class Answers {
    private static final ObjectMapper ALL_FIELDS = Json.mapper()
            .copy()
            .setDefaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS));

    private Answers() {}

    /** The answer 200 with what the work returns. */
    static Response ok(Supplier<? extends Object> work) {
        return of(200, work);
    }

    /** The answer 200 with what is read, all of it as of one moment. */
    static <T> Response read(Provider<ControlPlane> plane, Store.Work<T> work) {
        return ok(() -> plane.get().store().read(work));
    }

    /** The answer 200 with what the change returns, once all of it is committed. */
    static <T> Response write(Provider<ControlPlane> plane, Store.Work<T> work) {
        return ok(() -> plane.get().store().write(work));
    }

    /** The answer with a status and what the work returns. */
    static Response of(int status, Supplier<? extends Object> work) {
        return Response.status(status).entity(json(run(work))).build();
    }

    /** Does the work; what it refuses becomes the protocol's exception. */
    static <T> T run(Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal e) {
            throw new WebApplicationException(e.getMessage(), e, status(e.kind()));
        } catch (StoreFailure e) {
            throw new WebApplicationException(
                    "the control plane's database does not answer: " + e.getMessage(), e, 503);
        }
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case NOT_YET -> 503;
        };
    }

    /** The text of a value, nulls included. */
    static String json(Object value) {
        try {
            return ALL_FIELDS.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
