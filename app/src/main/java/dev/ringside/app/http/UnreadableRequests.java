package dev.ringside.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.json.Json;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that cannot be read, such as one with a line or headers that are too long. No route sees them: Vert.x answers
 * with a status alone, and Quarkus keeps its {@code invalidRequestHandler} from us. So the body of every error is added on
 * the connection, which Netty shows to each extension that it finds among the services, where the property
 * {@code io.netty.bootstrap.extensions} says that it shall look for them.
 */
public final class UnreadableRequests extends ChannelInitializerExtension {
    /** What Vert.x calls the part of a connection that writes answers of HTTP/1. */
    private static final String ENCODER = "httpEncoder";

    private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addLast(new Entry());
    }

    /**
     * Waits until Vert.x has set the connection up for HTTP/1, which it does within the first bytes: as soon as they can no
     * longer begin HTTP/2. So they are handed on one by one, to be there before a whole request is.
     */
    private static final class Entry extends ChannelInboundHandlerAdapter {
        private int handedOn;

        @Override
        public void channelRead(ChannelHandlerContext connection, Object message) {
            if (message instanceof ByteBuf bytes) {
                while (!isSetUp(connection) && handedOn < HTTP_2.length() && bytes.readableBytes() > 1) {
                    connection.fireChannelRead(bytes.readRetainedSlice(1));
                    handedOn++;
                }
            }
            if (isSetUp(connection)) {
                connection.pipeline().addAfter(ENCODER, null, new Refusal());
            }
            if (isSetUp(connection) || handedOn == HTTP_2.length()) {
                connection.pipeline().remove(this);
            }
            connection.fireChannelRead(message);
        }

        private static boolean isSetUp(ChannelHandlerContext connection) {
            return connection.pipeline().context(ENCODER) != null;
        }
    }

    /** Remembers why a connection's request could not be read until it is answered; nothing is read after it. */
    private static final class Refusal extends ChannelDuplexHandler {
        private @Nullable String reason;

        @Override
        public void channelRead(ChannelHandlerContext connection, Object message) {
            if (message instanceof HttpRequest request
                    && request.decoderResult().isFailure()) {
                reason = words(request.decoderResult().cause());
            }
            connection.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext connection, Object message, ChannelPromise written) {
            if (reason != null
                    && message instanceof FullHttpResponse bare
                    && !bare.content().isReadable()) {
                var _ = connection.write(withBody(bare, reason), written);
                bare.release();
            } else {
                var _ = connection.write(message, written);
            }
        }

        private static FullHttpResponse withBody(FullHttpResponse bare, String reason) {
            ByteBuf body =
                    Unpooled.wrappedBuffer(Json.write(Map.of("error", reason)).getBytes(UTF_8));
            var answer = new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), body);
            answer.headers()
                    .set(bare.headers())
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            return answer;
        }

        private static String words(Throwable cause) {
            return switch (cause) {
                case TooLongHttpLineException _ -> "the request line is too long: " + cause.getMessage();
                case TooLongHttpHeaderException _ -> "the headers are too long: " + cause.getMessage();
                default -> "not a request of HTTP/1.1: " + cause.getMessage();
            };
        }
    }
}
