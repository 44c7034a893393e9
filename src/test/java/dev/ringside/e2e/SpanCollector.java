package dev.ringside.e2e;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A collector of spans: takes {@code ExportTraceServiceRequest}s over OTLP/HTTP. The numbers are those of the fields in
 * trace.proto, common.proto and resource.proto.
 */
final class SpanCollector implements AutoCloseable {
    private static final int SERVER = 2;
    private static final int CLIENT = 3;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param service the process, by its {@code service.name}
     * @param trace 32 hexadecimal digits
     * @param id 16 of them
     * @param parent the parent's id, empty for none
     * @param kind 2 for a server's, 3 for a client's
     * @param began nanoseconds since 1970
     * @param ended nanoseconds since 1970
     * @param attributes texts and whole numbers by name
     * @param links the ids of the spans that it is linked to
     * @param failed whether its status is an error
     */
    record Span(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            int kind,
            long began,
            long ended,
            Map<String, Object> attributes,
            List<String> links,
            boolean failed) {
        boolean isServer() {
            return kind == SERVER;
        }

        boolean isClient() {
            return kind == CLIENT;
        }
    }

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** The options of a JVM whose application sends its spans here at once. */
    List<String> properties() {
        return List.of(
                "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort(),
                "-Dotel.bsp.schedule.delay=50");
    }

    /** All that have come of a trace. */
    List<Span> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var export = UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
            for (UnknownFieldSet process : messages(export, 1)) {
                String service =
                        String.valueOf(attributes(message(process, 1), 1).get("service.name"));
                for (UnknownFieldSet scope : messages(process, 2)) {
                    for (UnknownFieldSet span : messages(scope, 2)) {
                        spans.add(span(service, span));
                    }
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(String service, UnknownFieldSet span) throws IOException {
        var links = new ArrayList<String>();
        for (UnknownFieldSet link : messages(span, 13)) {
            links.add(hexadecimal(link, 2));
        }
        return new Span(
                service,
                hexadecimal(span, 1),
                hexadecimal(span, 2),
                hexadecimal(span, 4),
                text(span, 5),
                number(span, 6),
                span.getField(7).getFixed64List().getFirst(),
                span.getField(8).getFixed64List().getFirst(),
                attributes(span, 9),
                links,
                number(message(span, 15), 3) == 2);
    }

    private static Map<String, Object> attributes(UnknownFieldSet of, int field) throws IOException {
        var attributes = new LinkedHashMap<String, Object>();
        for (UnknownFieldSet attribute : messages(of, field)) {
            UnknownFieldSet value = message(attribute, 2);
            attributes.put(
                    text(attribute, 1),
                    value.hasField(3)
                            ? (Object) value.getField(3).getVarintList().getFirst()
                            : text(value, 1));
        }
        return attributes;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws IOException {
        var messages = new ArrayList<UnknownFieldSet>();
        for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static UnknownFieldSet message(UnknownFieldSet of, int field) throws IOException {
        List<UnknownFieldSet> found = messages(of, field);
        return found.isEmpty() ? UnknownFieldSet.getDefaultInstance() : found.getFirst();
    }

    private static ByteString bytes(UnknownFieldSet of, int field) {
        List<ByteString> found = of.getField(field).getLengthDelimitedList();
        return found.isEmpty() ? ByteString.EMPTY : found.getFirst();
    }

    private static String text(UnknownFieldSet of, int field) {
        return bytes(of, field).toStringUtf8();
    }

    private static String hexadecimal(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(bytes(of, field).toByteArray());
    }

    private static int number(UnknownFieldSet of, int field) {
        List<Long> found = of.getField(field).getVarintList();
        return found.isEmpty() ? 0 : found.getFirst().intValue();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
