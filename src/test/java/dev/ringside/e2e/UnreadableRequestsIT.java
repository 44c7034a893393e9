package dev.ringside.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before there is a request, or its body, has the same form of error as everything else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableRequestsIT {
    private static final int PORT = 29270;
    private static final int LARGE = 9_000_000;
    private static final String READABLE = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String UNREADABLE =
            "POST /api/outcomes HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Application platform;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        platform = Application.start(
                folder.resolve("up.out"),
                List.of(),
                "up",
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                Integer.toString(PORT));
        for (int tries = 0; !answers(); tries++) {
            assertTrue(platform.isAlive() && tries < 600, platform.output());
            Thread.sleep(200);
        }
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private static boolean answers() {
        try {
            return send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything that is answered until the connection is closed. */
    private static String send(String request) throws IOException {
        try (var socket = connection()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return answers(socket);
        }
    }

    private static Socket connection() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String answers(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** The error of a refusal with that status. */
    private static String error(int status, String request) throws IOException {
        return errorIn(status, send(request));
    }

    private static String errorIn(int status, String answer) throws IOException {
        assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
        JsonNode body = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(1, body.size(), answer);
        return body.path("error").asText();
    }

    @Test
    void aRequestLineThatIsTooLong() throws IOException {
        assertEquals(
                "the request line is too long: An HTTP line is larger than 4096 bytes.",
                error(414, "GET /api/experiments/" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    @Test
    void headersThatAreTooLong() throws IOException {
        assertEquals(
                "the headers are too long: HTTP header is larger than 20480 bytes.",
                error(
                        431,
                        "GET /api/experiments HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(21_000)
                                + "\r\n\r\n"));
    }

    @Test
    void aLengthThatIsNoNumber() throws IOException {
        String error = error(400, UNREADABLE);
        assertTrue(error.startsWith("not a request of HTTP/1.1: "), error);
        assertTrue(error.contains("many"), error);
    }

    @Test
    void whatIsAskedBeforeOnTheSameConnectionIsAnsweredFirst() throws IOException {
        String answers = send(READABLE + UNREADABLE);
        assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
        assertTrue(answers.contains("HTTP/1.1 400 "), answers);
        assertTrue(answers.contains("{\"error\":"), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/outcomes", "/v2/models/echo/infer", "/api/slots/echo/champion"})
    void aBodyThatIsTooLargeIsAnsweredWhenItsClientSendsOnAfterTheRefusal(String path) throws Exception {
        try (var socket = connection()) {
            OutputStream request = socket.getOutputStream();
            request.write(announced(path).getBytes(ISO_8859_1));
            // Nothing but time shows that the server does not close while the body is on its way.
            Thread.sleep(500);
            request.write(" ".repeat(LARGE).getBytes(ISO_8859_1));
            String error = errorIn(413, answers(socket));
            assertTrue(error.startsWith("the body is larger than "), error);
        }
    }

    @Test
    void aClientThatNeverSendsTheBodyThatWasRefusedIsLetGo() throws IOException {
        String error = error(413, announced("/api/outcomes"));
        assertTrue(error.startsWith("the body is larger than "), error);
    }

    private static String announced(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + LARGE + "\r\n\r\n";
    }
}
