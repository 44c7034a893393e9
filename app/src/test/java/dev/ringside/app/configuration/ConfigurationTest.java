package dev.ringside.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("\\| `(ringside\\.[^`]+)` \\| (?:`([^`]+)`)? ?\\| \\S.* \\|");

    private static final Pattern DURATION = Pattern.compile("\\d+(ms|s|m|h|d|w)");

    private final ConfigurationCheck check = Configuration.check();

    private List<String> problems(Map<String, String> properties) {
        return problems(new PropertiesConfigSource(properties, "test", 500));
    }

    private List<String> problemsOfVariables(Map<String, String> variables) {
        return problems(new EnvConfigSource(variables, 500));
    }

    private List<String> problems(ConfigSource source) {
        return check.problems(
                new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(new SysPropConfigSource(), source));
    }

    /** {@code key = default}; a minute is one, whether it is written 1m, 60s or PT60S. */
    private static String line(String key, String value) {
        if (value.startsWith("PT")) {
            return key + " = " + DurationText.format(Duration.parse(value));
        }
        return key + " = "
                + (DURATION.matcher(value).matches() ? DurationText.format(DurationText.parse(value)) : value);
    }

    @Test
    void thePageStatesEveryKeyWithItsDefaultAndNoOther() throws IOException {
        try (Stream<String> page = Files.lines(PAGE)) {
            List<String> stated = page.filter(line -> line.startsWith("| `ringside."))
                    .map(line -> {
                        var row = ROW.matcher(line);
                        assertTrue(row.matches(), "expected | `key` | `default` | meaning |, found " + line);
                        return line(row.group(1), row.group(2) == null ? "" : row.group(2));
                    })
                    .toList();
            List<String> read = check.keys().entrySet().stream()
                    .map(key -> line(key.getKey(), key.getValue()))
                    .toList();
            assertLinesMatch(read, stated);
        }
    }

    @Test
    void whatIsNotConfiguredIsNoProblem() {
        assertEquals(List.of(), problems(Map.of()));
    }

    @Test
    void everyProblemIsListedTogether() {
        assertEquals(
                List.of(
                        "'ringside.experiments.barrier-timeout' is \"soon\": expected a duration such as 250ms, 10s, 15m,"
                                + " 36h or 42d, found \"soon\"",
                        "'ringside.metrics.threads' is \"many\": Expected an integer value, got \"many\"",
                        "unknown key 'ringside.router.spol-bytes'; did you mean 'ringside.router.spool-bytes'?"),
                problems(Map.of(
                        "ringside.router.spol-bytes", "3",
                        "ringside.metrics.threads", "many",
                        "ringside.experiments.barrier-timeout", "soon")));
    }

    @Test
    void whatIsOutOfBoundsIsListedWithTheRest() {
        assertEquals(
                List.of(
                        "'ringside.experiments.partitions' is \"-4\": expected from 1 to 1000",
                        "'ringside.metrics.cache-bytes' is \"-1\": expected 0 or more",
                        "'ringside.metrics.session-timeout' is \"5s\": expected from 6s to 30m",
                        "'ringside.metrics.threads' is \"many\": Expected an integer value, got \"many\"",
                        "'ringside.platform.fleet-interval' is \"0\": expected from 1ms to 36500d",
                        "'ringside.router.drain' is \"PT-1S\": expected from 0ms to 36500d",
                        "'ringside.router.spool-bytes' is \"1048575\": expected 1048576 or more",
                        "'ringside.serving.threads' is \"0\": expected from 1 to 1000"),
                problems(Map.of(
                        "ringside.experiments.partitions", "-4",
                        "ringside.metrics.cache-bytes", "-1",
                        "ringside.metrics.session-timeout", "5s",
                        "ringside.metrics.threads", "many",
                        "ringside.platform.fleet-interval", "0",
                        "ringside.router.drain", "PT-1S",
                        "ringside.router.spool-bytes", "1048575",
                        "ringside.serving.threads", "0")));
    }

    @Test
    void everyNumberAndEveryDurationHasBounds() {
        assertEquals(check.measures(), new TreeSet<>(Bounds.OF.keySet()));
    }

    @Test
    void whatIsSaidOfDurationsIsTrueOfTheRunningApplication() {
        Bounds.OF.forEach((key, bounds) -> {
            if (bounds.type().equals(Duration.class)) {
                for (String example : ConfigurationCheck.DURATIONS.split(", | or ", -1)) {
                    assertEquals(DurationText.parse(example), running(key, example), key);
                }
            }
        });
        assertThrows(IllegalArgumentException.class, () -> running("ringside.platform.event-retention", "2w"));
        assertEquals(
                List.of("'ringside.platform.event-retention' is \"2w\": expected a duration such as "
                        + ConfigurationCheck.DURATIONS + ", found \"2w\""),
                problems(Map.of("ringside.platform.event-retention", "2w")));
    }

    /** A duration as the running application reads it: with the converters that are among its libraries. */
    private static Duration running(String key, String text) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of(key, text), "test", 500))
                .build()
                .getValue(key, Duration.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ringside.clok, ringside.clock",
        "ringside.role.router.enable, ringside.role.router.enabled",
        "ringside.platform.datadir, ringside.platform.data-dir",
        "ringside.serving.retry-atmost, ringside.serving.retry-at-most"
    })
    void anUnknownKeyIsNamedWithTheNearestKnownOne(String misspelt, String meant) {
        assertEquals(
                List.of("unknown key '" + misspelt + "'; did you mean '" + meant + "'?"),
                problems(Map.of(misspelt, "1")));
    }

    @Test
    void keysOutsideOfOurRootAreNotOurs() {
        assertEquals(List.of(), problems(Map.of("quarkus.no-such-key", "1", "ringsider.clock", "1")));
    }

    @Test
    void aVariableIsReadUnderItsKey() {
        assertEquals(
                List.of("'ringside.router.spool-bytes' is \"lots\": Expected a long value, got \"lots\""),
                problemsOfVariables(Map.of(
                        "RINGSIDE_ROUTER_SPOOL_BYTES", "lots",
                        "RINGSIDE_ROUTER_DRAIN", "30s",
                        "RINGSIDE_ROLE_ROUTER_ENABLED", "true",
                        "RINGSIDE_PLATFORM_DATA_DIR", "/data",
                        "RINGSIDE_CLOCK", "request")));
    }

    @Test
    void aVariableThatNothingReadsIsAProblem() {
        assertEquals(
                List.of("unknown key 'ringside.router.drian'; did you mean 'ringside.router.drain'?"),
                problemsOfVariables(Map.of("RINGSIDE_ROUTER_DRIAN", "30s")));
    }

    @Test
    void theVariablesOfTheCommandLineAndTheLauncherAreNoKeys() {
        assertEquals(
                List.of(),
                problemsOfVariables(Map.of(
                        "RINGSIDE_URL", "http://127.0.0.1:7070",
                        "RINGSIDE_JAVA_OPTS", "-Xmx1g",
                        "RINGSIDE_SHARED", "/shared")));
    }

    @Test
    void aFileIsCheckedToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ringside.properties"), "ringside.clock=sundial\n");
        List<String> problems = check.problems(file);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith("'ringside.clock' is \"sundial\": "), problems::toString);
        assertTrue(problems.getFirst().contains("allowed values: request,wall"), problems::toString);
    }

    @Test
    void aFileThatIsNotThereIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("none.properties");
        var refused = assertThrows(InvalidInput.class, () -> check.problems(file));
        assertEquals("'--config': expected a file, found none at " + file, refused.getMessage());
    }
}
