package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.ContentLog.Share;
import dev.ringside.router.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventContentTest {
    @TempDir
    Path folder;

    private TestRouter router;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    private List<Prediction> logged(ContentLog log, int requests) throws IOException {
        router.role.accept(Sample.logging(1, log));
        for (int i = 0; i < requests; i++) {
            router.predict(Sample.request("r" + i, "unit", "rider-" + i, "region", "north"));
        }
        return router.stopAndRead();
    }

    private long oversized() {
        return router.role.router().counters().counts().get("oversized");
    }

    @Test
    void anEventSaysWhatTheClientSentAndWhatItWasAnswered() throws IOException {
        Prediction event = logged(ContentLog.ALL, 1).getFirst();
        // Also what the champion, which answered, does not read: another version may.
        assertEquals(List.of(Tensor.column("distance", 3f), Tensor.column("wind", 1f)), event.inputs());
        assertEquals(List.of(Tensor.column("minutes", Float.parseFloat(event.servedVersion()))), event.outputs());
    }

    @Test
    void aSlotThatLogsNothingHasEventsAsTheyWere() throws IOException {
        Prediction event = logged(ContentLog.NONE, 1).getFirst();
        assertNull(event.inputs());
        assertNull(event.outputs());
        assertTrue(!Json.write(event).contains("inputs"));
    }

    @Test
    void ofAShareThoseInputsAreLoggedWhoseIdsAreInIt() throws IOException {
        Share half = Share.parse("50%");
        List<Prediction> events = logged(new ContentLog(half, true), 60);
        for (Prediction event : events) {
            assertEquals(half.has(event.predictionId()), event.inputs() != null);
            assertNotNull(event.outputs());
        }
        long with = events.stream().filter(e -> e.inputs() != null).count();
        assertTrue(with > 10 && with < 50, with + " of 60");
    }

    @Test
    void whatIsTooLongForAnEventIsLoggedWithoutItsContentAndCounted() throws IOException {
        router.role.accept(Sample.logging(1, ContentLog.ALL));
        for (int rows : new int[] {20_000, 40_000, 2}) {
            // The second cannot fit whatever its values are, and is not even written.
            router.predict(new InferenceRequest(
                    "r" + rows,
                    Map.of("unit", "rider", "region", "south"),
                    List.of(Tensor.column("distance", new float[rows]), Tensor.column("wind", new float[rows])),
                    List.of()));
        }
        assertEquals(2, oversized());
        List<Prediction> events = router.stopAndRead();
        assertEquals(3, events.size());
        assertNull(events.get(0).inputs());
        assertNull(events.get(0).outputs());
        assertNull(events.get(1).inputs());
        assertEquals(2, events.get(2).inputs().getFirst().data().size());
        assertTrue(events.stream().allMatch(e -> Json.bytes(e).length <= Prediction.LONGEST));
    }
}
