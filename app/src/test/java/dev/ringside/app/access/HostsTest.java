package dev.ringside.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B2: what a page from elsewhere can make a browser on this machine send. */
class HostsTest {
    private final Hosts hosts = new Hosts(List.of("Ringside.example.com"));

    private boolean refused(String host, String origin) {
        return hosts.complaint(host, "10.1.2.3", origin).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:7070",
                "LOCALHOST",
                "127.0.0.1:7070",
                "127.1.2.3",
                "[::1]:7070",
                "ringside.example.com",
                "ringside.example.com.:443",
                "10.1.2.3:7070"
            })
    void aNameOfThisMachineIsAnswered(String host) {
        assertEquals(Optional.empty(), hosts.complaint(host, "10.1.2.3", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example:7070",
                "127.0.0.1.evil.example",
                "10.1.2.4",
                "ringside.example.com.evil.example",
                "[::2]:7070",
                ""
            })
    void aForeignHostIsRefused(String host) {
        assertTrue(refused(host, null), host);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7070, http://127.0.0.1:7070",
        "127.0.0.1:7070, http://localhost:7070",
        "[::1]:7070, http://localhost:7070",
        "localhost, http://localhost",
        "ringside.example.com, https://ringside.example.com",
        "127.0.0.1:7070, https://ringside.example.com:8443"
    })
    void aPageOfOursMayAsk(String host, String origin) {
        assertEquals(Optional.empty(), hosts.complaint(host, null, origin));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7070, http://evil.example",
        "127.0.0.1:7070, http://evil.example:7070",
        "127.0.0.1:7070, null",
        "127.0.0.1:7070, http://127.0.0.1:3000",
        "127.0.0.1:7070, http://localhost",
        "127.0.0.1:7070, file://",
        "127.0.0.1:7070, http://",
        "127.0.0.1:7070, http://127.0.0.1.evil.example:7070"
    })
    void aPageFromElsewhereIsRefused(String host, String origin) {
        assertTrue(refused(host, origin), origin);
    }

    @Test
    void theRefusalIsOneLineThatSaysWhatToDo() {
        assertEquals(
                Optional.of("a page of http://evil.example may not ask this server; allow its host with"
                        + " ringside.http.allowed-hosts if it is yours"),
                hosts.complaint("127.0.0.1:7070", null, "http://evil.example"));
        assertEquals(
                Optional.of("this is not 'evil.example': ask for a name of this machine, or allow that one with"
                        + " ringside.http.allowed-hosts"),
                hosts.complaint("evil.example:7070", null, null));
    }

    @Test
    void behindAProxyThatChecksAnyNameCanBeAllowed() {
        var any = new Hosts(List.of("*"));
        assertEquals(Optional.empty(), any.complaint("whatever:1", null, null));
        assertEquals(Optional.empty(), any.complaint("whatever:1", null, "http://whatever:1"));
        assertTrue(any.complaint("whatever:1", null, "http://evil.example").isPresent());
    }
}
