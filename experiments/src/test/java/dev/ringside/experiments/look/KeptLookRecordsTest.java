package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.experiments.decision.Policy;
import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One record of each version that was ever written is kept in {@code look-records}: what a release has decided every
 * later one decides again, bit for bit. A change of what a record holds or of how it is decided that comes without a new
 * version fails here; with one, it needs a record of its own, and the old ones stay.
 */
class KeptLookRecordsTest {
    private static final Path FOLDER = Path.of("src/test/resources/look-records");

    @Test
    void everyRecordThatIsKeptIsReadAndDecidedAgainToTheSameBits() throws IOException {
        List<Path> files;
        try (var listed = Files.list(FOLDER)) {
            files = listed.sorted().toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            String kept = Files.readString(file).strip();
            LookRecord record = Json.read(kept, LookRecord.class);
            assertEquals(List.of(), record.problems(), file.toString());
            assertEquals(kept, Json.pretty(record), file.toString());
            assertEquals(
                    name(record.version(), record.policyVersion()),
                    file.getFileName().toString());
        }
    }

    @Test
    void theRecordOfThePresentVersionIsWhatThisReleaseWrites() throws IOException {
        LookRecord made = made();
        assertEquals("promote", made.decision().verdict().name());
        assertEquals(2, made.evidence().strata().size());
        assertEquals(2, made.evidence().history().size());
        Path file = FOLDER.resolve(name(LookRecord.Version2.VERSION, Policy.VERSION));
        assertTrue(
                Files.exists(file),
                () -> "a new version needs a record that is kept; as " + file + ":\n" + Json.pretty(made));
        assertEquals(
                Files.readString(file).strip(),
                Json.pretty(made),
                "give the record or the policy a new version, and keep one of it beside " + file);
    }

    private static String name(int version, String policy) {
        return "record-" + version + "-policy-" + policy.replace('/', '-') + ".json";
    }

    /** A third week's promotion: a primary KPI, a guardrail, a monitor, and another epoch from the tenth day on. */
    private static LookRecord made() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.put("better", experiment(1));
            world.start("better", null);
            for (int d = 0; d < 23; d++) {
                if (d == 10) {
                    world.put("better", experiment(2));
                }
                world.day("better", d < 10 ? 1 : 2, "PDX", day(d), 200, 219);
                world.pass(day(d + 1));
            }
            List<LookRecord> looks = world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1)).stream()
                    .map(Look::record)
                    .toList();
            return looks.stream()
                    .filter(look -> look.decision().verdict() instanceof Verdict.Promote)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(looks.stream()
                            .map(look -> look.evidence().at() + " week "
                                    + look.evidence().week() + ": "
                                    + look.decision().verdict().reasons())
                            .collect(Collectors.joining("\n"))));
        }
    }

    private static Instant day(int number) {
        return World.START.plusSeconds(86_400L * number);
    }

    private static String experiment(int weight) {
        return """
            slot: eta
            waves: [[PDX], [SAN]]
            arms: [{variant: champion, weight: %1$d}, {variant: challenger, version: v2, weight: %1$d}]
            salt: abc
            scope: region
            kpis:
              - {name: booked, kind: proportion, role: primary, window: 36h, grace: 12h, minimum_effect: 0.01}
              - {name: kept, kind: mean, role: guardrail, window: 24h, grace: 1h, margin: 0.02, winsor_cap: 10}
              - {name: spent, kind: mean, missing: exclude, window: 2h, grace: 0s}
            """.formatted(weight);
    }
}
