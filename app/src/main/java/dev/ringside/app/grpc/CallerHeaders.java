package dev.ringside.app.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/** Keeps the metadata of a call for whoever traces it. */
final class CallerHeaders implements ServerInterceptor {
    private static final Context.Key<Metadata> HEADERS = Context.key("ringside.headers");

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
    }

    /** A header of a call; null if it has none of that name. */
    static @Nullable String read(Context call, String name) {
        Metadata headers = HEADERS.get(call);
        return headers == null ? null : headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
