package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTrialTest {
    @TempDir
    Path folder;

    private Optional<String> objection(byte[] file, List<List<Tensor>> examples, boolean mayRound) throws Exception {
        Path path = Files.write(folder.resolve("model.onnx"), file);
        try (LoadedModel model = new OnnxEngine(1).open(path)) {
            return new JoinTrial(model, 64, examples, mayRound).objection();
        }
    }

    private void assertObjection(String expected, byte[] file) throws Exception {
        String found = objection(file, List.of(), true).orElse("none");
        assertTrue(found.contains(expected), found);
    }

    @Test
    void whatGivesEachRowItsOwnMayBeJoined() throws Exception {
        for (byte[] file : List.of(
                OnnxFiles.linear(2),
                OnnxFiles.lookup(Map.of("AS", 2f), 1),
                OnnxFiles.identity(),
                OnnxFiles.withExtraOutput(),
                OnnxFiles.network(64, 2, 1),
                OnnxFiles.network(512, 2, 2))) {
            assertEquals(Optional.empty(), objection(file, List.of(), true));
        }
    }

    @Test
    void roundingIsADifferenceUnlessItMayBe() throws Exception {
        byte[] file = OnnxFiles.batchMean(0x1p-18f);
        assertEquals(Optional.empty(), objection(file, List.of(), true));
        String found = objection(file, List.of(), false).orElse("none");
        assertTrue(found.contains("output 'probability' is "), found);
        assertEquals(Optional.empty(), objection(OnnxFiles.linear(2), List.of(), false));
    }

    @Test
    void whatDependsOnTheBatchMayNot() throws Exception {
        assertObjection("output 'probability' is ", OnnxFiles.batchMean());
        assertObjection("output 'probability' is ", OnnxFiles.runningSum());
        assertObjection("output 'probability' is ", OnnxFiles.random());
    }

    @Test
    void whatOnlyAGreatBatchChangesShowsWhereOneMayBeRun() {
        var model = new DoublingModel();
        model.crowd = 40;
        assertEquals(Optional.empty(), new JoinTrial(model, 40, List.of(), false).objection());
        String found = new JoinTrial(model, 64, List.of(), false).objection().orElse("none");
        assertTrue(found.contains("output 'y' is "), found);
    }

    @Test
    void whatHasAFirstDimensionOfItsOwnMayNot() throws Exception {
        assertEquals(
                Optional.of("input 'distance' has the shape [1, 1], whose first dimension is fixed"),
                objection(OnnxFiles.oneRowDeclared(), List.of(), true));
        assertObjection("output 'probability' has the shape [1, 1]", OnnxFiles.oneRowOut());
        assertObjection("whose first dimension is fixed", OnnxFiles.oneRowInside());
    }

    @Test
    void whereMadeUpInputsFailGoldenOnesAreTried() throws Exception {
        byte[] file = OnnxFiles.failing(7);
        List<List<Tensor>> examples =
                List.of(List.of(Tensor.column("position", 8L)), List.of(Tensor.column("position", 9L, 7L)));
        assertEquals(
                Optional.of("it fails on every input that it could be tried with"), objection(file, List.of(), true));
        assertEquals(Optional.empty(), objection(file, examples, true));
    }
}
