package dev.ringside.app.demo.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightFileTest {
    private static final Path DEMO = Path.of("../demo");
    private static final FlightFile FILE = new FlightFile(DEMO.resolve("flights.parquet"));
    private static final LocalDate FIRST = LocalDate.parse("2001-04-01");
    private static final List<TensorSpec> INPUTS = List.of(
            new TensorSpec("distance", DataType.INT64, List.of(-1L, 1L)),
            new TensorSpec("origin", DataType.BYTES, List.of(-1L, 1L)),
            new TensorSpec("origin_late_share_3h", DataType.FP32, List.of(-1L, 1L)));

    @TempDir
    Path folder;

    @Test
    void flightsComeInOrderOfDepartureWithTheInputsOfTheSlot() throws IOException {
        Flights flights = FILE.read(DEMO.resolve("features.sql"), INPUTS, FIRST, FIRST.plusDays(2));
        assertTrue(flights.size() > 2000 && flights.size() < 4000, "size " + flights.size());
        for (int flight = 0; flight < flights.size(); flight++) {
            assertTrue(flight == 0 || !flights.departed(flight).isBefore(flights.departed(flight - 1)));
            assertTrue(flights.landed(flight).isAfter(flights.departed(flight)));
        }
        assertEquals(Instant.parse("2001-04-01T00:23:00Z"), flights.departed(0));
        assertTrue(flights.unit(0).startsWith("b64de2e32644-"), flights.unit(0));
        List<Tensor> inputs = flights.inputs(3, 5);
        assertEquals(
                List.of("distance", "origin", "origin_late_share_3h"),
                inputs.stream().map(Tensor::name).toList());
        assertEquals(List.of(2L, 1L), inputs.getFirst().shape());
        assertEquals(Tensor.column("origin", flights.origin(3), flights.origin(4)), inputs.get(1));
    }

    @Test
    void aSelectionHasTheFirstAirportsAndOthersWholeUpToItsSize() throws IOException {
        List<String> all = FILE.origins();
        assertEquals(8, all.size());
        FlightFile two = FILE.select(List.of("SLC", "PDX"), 1, folder.resolve("two.parquet"));
        assertEquals(List.of("PDX", "SLC"), two.origins());
        FlightFile more = FILE.select(List.of("SLC", "PDX"), 120_000, folder.resolve("more.parquet"));
        assertTrue(
                more.origins().containsAll(List.of("SLC", "PDX")),
                more.origins().toString());
        assertTrue(
                more.origins().size() > 2 && more.origins().size() < 8,
                more.origins().toString());
        // Units are named by the file's digest, so the same selection must be the same file.
        FlightFile again = FILE.select(List.of("SLC", "PDX"), 120_000, folder.resolve("again.parquet"));
        assertEquals(Digests.sha256(more.path()), Digests.sha256(again.path()));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        InvalidInput missing = assertThrows(InvalidInput.class, () -> new FlightFile(folder.resolve("none.parquet")));
        assertTrue(missing.getMessage().contains("none.parquet"), missing.getMessage());
    }
}
