package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.routing.RoutingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTablesTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T00:01:30Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void withoutATableThereIsNothingToRoute() {
        var tables = tables();
        assertNull(tables.current());
        assertEquals(0, tables.partitions());
        assertEquals(Optional.empty(), tables.age());
        var failure = assertThrows(InferenceFailure.class, tables::routes);
        assertEquals(InferenceFailure.Cause.UNAVAILABLE, failure.why());
    }

    @Test
    void theLastTableIsThereAgainAfterARestart() {
        assertInstanceOf(RoutingTables.Acceptance.Taken.class, tables().accept(Sample.table(3)));
        assertEquals(Sample.table(3), tables().current());
        assertEquals(Optional.of(Duration.ofSeconds(90)), tables().age());
    }

    @Test
    void onlyANewerTableIsTaken() {
        var tables = tables();
        tables.accept(Sample.table(3));
        assertEquals(new RoutingTables.Acceptance.NotNewer(3), tables.accept(Sample.table(3)));
        assertEquals(new RoutingTables.Acceptance.NotNewer(3), tables.accept(Sample.table(2)));
        assertInstanceOf(RoutingTables.Acceptance.Taken.class, tables.accept(Sample.table(4)));
        assertEquals(4, tables().current().version());
    }

    @Test
    void aTableOfAnotherInstallationIsRefused() {
        var tables = tables();
        tables.accept(Sample.table(3));
        RoutingTable mine = Sample.table(4);
        var otherKey =
                new RoutingTable(4, mine.at(), InstallKey.parse("f".repeat(32)), mine.partitions(), mine.slots());
        var otherNumber = new RoutingTable(4, mine.at(), mine.installKey(), 5, mine.slots());
        assertRefused(tables, otherKey, "install key");
        assertRefused(tables, otherNumber, "5 partitions, expected 3");
        assertEquals(3, tables.current().version());
    }

    @Test
    void aTableThatContradictsItselfIsRefusedAndTheOneBeforeStays() {
        var tables = tables();
        tables.accept(Sample.table(3));
        RoutingTable mine = Sample.table(4);
        var slots = new ArrayList<>(mine.slots());
        slots.addAll(mine.slots());
        assertRefused(tables, new RoutingTable(4, mine.at(), mine.installKey(), 3, slots), "refused");
        assertEquals(3, tables.current().version());
    }

    @Test
    void aFileThatCannotBeReadWaitsForTheControlPlane() throws IOException {
        Files.writeString(folder.resolve("routing-table.json"), "{\"version\":");
        var tables = tables();
        assertNull(tables.current());
        assertNotNull(tables.problem());
        tables.accept(Sample.table(1));
        assertNull(tables.problem());
        assertEquals(1, tables().current().version());
    }

    @Test
    void aTableThatCannotBeKeptIsInEffectAndSaysSo() throws IOException {
        Files.writeString(folder.resolve("in-the-way"), "");
        var tables = new RoutingTables(folder.resolve("in-the-way").resolve("table.json"), clock);
        assertInstanceOf(RoutingTables.Acceptance.Taken.class, tables.accept(Sample.table(1)));
        assertEquals(1, tables.current().version());
        assertNotNull(tables.problem());
    }

    private RoutingTables tables() {
        return new RoutingTables(folder.resolve("routing-table.json"), clock);
    }

    private static void assertRefused(RoutingTables tables, RoutingTable table, String why) {
        var refused = assertInstanceOf(RoutingTables.Acceptance.Refused.class, tables.accept(table));
        assertTrue(refused.why().contains(why), refused.why());
        assertEquals(List.of(refused.why()), List.of(String.valueOf(tables.problem())));
    }
}
