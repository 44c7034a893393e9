package dev.ringside.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** B10: the connection to a model server is closed, whatever the server does. */
@Timeout(30)
class RemotePredictorTest {
    private ServerSocket silent;
    private RemotePredictor predictor;

    @BeforeEach
    void start() throws IOException {
        silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        predictor = new RemotePredictor("http://127.0.0.1:" + silent.getLocalPort(), ServiceKey.NONE, Tracing.OFF);
    }

    @AfterEach
    void stop() throws IOException {
        predictor.close();
        silent.close();
    }

    private static Call call(Duration limit) {
        return new Call(
                new InferenceRequest(null, Map.of(), List.of(), List.of()),
                Deadline.in(limit, System::nanoTime),
                0,
                null);
    }

    @Test
    void closingEndsWhatAServerThatHangsHasNotAnsweredAndFreesItsConnection() throws Exception {
        try (var callers = Executors.newSingleThreadExecutor()) {
            var asked = callers.submit(() -> predictor.predict("eta", "1", call(Duration.ofMinutes(5))));
            try (Socket connection = silent.accept()) {
                assertTrue(connection.getInputStream().read() >= 0);
                predictor.close();
                var failure = assertThrows(ExecutionException.class, () -> asked.get(10, TimeUnit.SECONDS));
                assertEquals(
                        Cause.UNAVAILABLE,
                        assertInstanceOf(InferenceFailure.class, failure.getCause())
                                .why());
                connection.setSoTimeout(10_000);
                while (connection.getInputStream().read() >= 0) {
                    // The rest of the request; then the end of the stream, else a SocketTimeoutException.
                }
            }
        }
    }

    @Test
    void whoeverAsksAfterTheEndIsToldThatTheServerDoesNotAnswer() {
        predictor.close();
        var failure =
                assertThrows(InferenceFailure.class, () -> predictor.predict("eta", "1", call(Duration.ofSeconds(5))));
        assertEquals(Cause.UNAVAILABLE, failure.why());
        assertEquals(false, predictor.ready("eta", "1"));
    }
}
