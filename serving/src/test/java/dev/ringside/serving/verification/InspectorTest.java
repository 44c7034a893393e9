package dev.ringside.serving.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {
    @TempDir
    Path folder;

    private final Inspector inspector = new Inspector(List.of(new OnnxEngine(1)), Duration.ofSeconds(60));

    @Test
    @DisplayName("P6: the signature is read from the file, whatever its types")
    void aFileSaysWhatItIs() throws Exception {
        byte[] model = OnnxFiles.identity(TensorProto.DataType.DOUBLE);

        assertEquals(
                new ModelInspection(
                        Digests.sha256(model),
                        "onnx",
                        ModelMetadata.ONNX,
                        new Signature(
                                List.of(new TensorSpec("x", DataType.FP64, List.of(-1L, 2L))),
                                List.of(new TensorSpec("y", DataType.FP64, List.of(-1L, 2L))))),
                inspector.inspect(file(model)));
    }

    @Test
    @DisplayName("P6: a file that is no model, or fails when it is run, is refused with the reason")
    void aFileThatCannotBeServedIsRefusedWithTheReason() {
        assertTrue(refusal("hello\n".getBytes(UTF_8)).startsWith("the file "));
        assertTrue(refusal(OnnxFiles.unknownOperator()).startsWith("ONNX Runtime cannot open the file: "));
        String oneRow = refusal(OnnxFiles.oneRowInside());
        assertTrue(oneRow.startsWith("it runs on one row and fails on 2: ") && oneRow.contains("Reshape"), oneRow);
    }

    @Test
    void aFileWithABatchOfOneIsWhatItSays() throws Exception {
        assertEquals(
                List.of(1L, 1L),
                inspector
                        .inspect(file(OnnxFiles.oneRowDeclared()))
                        .signature()
                        .inputs()
                        .getFirst()
                        .shape());
    }

    @Test
    @DisplayName("B7: a model that hangs while it is opened holds up neither who asked nor the next")
    void aFileThatHangsIsGivenUp() throws Exception {
        var never = new CountDownLatch(1);
        var hanging = new Inspector(List.of(new HangingEngine(never)), Duration.ofMillis(200));
        try {
            String late = assertThrows(TimeoutException.class, () -> hanging.inspect(file(OnnxFiles.linear(1))))
                    .getMessage();
            assertEquals("the file was not opened and run once within 0 s", late);
        } finally {
            never.countDown();
        }
    }

    private String refusal(byte[] bytes) {
        return assertThrows(ModelFailure.class, () -> inspector.inspect(file(bytes)))
                .getMessage();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "model", ".onnx"), bytes);
    }

    private record HangingEngine(CountDownLatch until) implements Engine {
        @Override
        public String format() {
            return "onnx";
        }

        @Override
        public String platform() {
            return "fake";
        }

        @Override
        public boolean mayRead(byte[] head) {
            return true;
        }

        @Override
        public LoadedModel open(Path file) throws ModelFailure {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ModelFailure("never opened");
        }
    }
}
