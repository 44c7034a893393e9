package dev.ringside.serving.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.model.FileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PollsTest {
    private final Polls polls = new Polls();

    private static FoundModel model(String name, String digest) {
        return new FoundModel(
                name,
                ModelSettings.DEFAULT,
                List.of(),
                Map.of("1", new FoundModel.Usable(FileFormat.ONNX, Path.of(name, "1", "model.onnx"), digest)));
    }

    @Test
    void whatWasThereAtTheStartHasNotChanged() {
        polls.seen(List.of(model("a", "1")));

        assertEquals(List.of(), polls.changed(List.of(model("a", "1"))));
    }

    @Test
    void aChangeCountsOnceWhenItWasSeenTwice() {
        polls.seen(List.of(model("a", "1")));

        assertEquals(List.of(), polls.changed(List.of(model("a", "2"))));
        assertEquals(List.of(), polls.changed(List.of(model("a", "3"))), "it is still being written");
        assertEquals(List.of(model("a", "3")), polls.changed(List.of(model("a", "3"))));
        assertEquals(List.of(), polls.changed(List.of(model("a", "3"))));
    }

    @Test
    void aModelThatComesIsTakenAndOneThatGoesIsMissedOnce() {
        polls.seen(List.of(model("a", "1")));

        assertEquals(List.of(), polls.changed(List.of(model("b", "1"))));
        assertEquals(List.of("a"), polls.missing(List.of(model("b", "1"))));
        assertEquals(List.of(model("b", "1")), polls.changed(List.of(model("b", "1"))));
        assertEquals(List.of(), polls.missing(List.of(model("b", "1"))));
    }
}
