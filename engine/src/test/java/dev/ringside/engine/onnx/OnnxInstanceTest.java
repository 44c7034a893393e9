package dev.ringside.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import dev.ringside.engine.OnnxFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxInstanceTest {
    private static final Deadline NEVER = Deadline.in(Duration.ofMinutes(10), System::nanoTime);

    @TempDir
    Path folder;

    private LoadedModel open(byte[] file) throws Exception {
        return new OnnxEngine(1).open(Files.write(folder.resolve("model.onnx"), file));
    }

    private static List<List<Tensor>> run(ModelInstance instance, List<List<Tensor>> requests, String... outputs)
            throws ModelFailure {
        instance.feed(requests);
        instance.run(List.of(outputs), NEVER);
        return instance.take();
    }

    /** Values of a type, so many from a first one on. */
    private static TensorData values(DataType type, int first, int count) {
        return switch (type) {
            case BOOL -> {
                boolean[] values = new boolean[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (first + i) % 3 == 0;
                }
                yield new TensorData.Bool(values);
            }
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> new TensorData.Whole(type, longs(first, count));
            case INT64 -> new TensorData.Int64(longs(first, count));
            case FP16 -> new TensorData.Fp16(floats(first, count));
            case BF16 -> new TensorData.Bf16(floats(first, count));
            case FP32 -> new TensorData.Fp32(floats(first, count));
            case FP64 -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = first + i;
                }
                yield new TensorData.Fp64(values);
            }
            case BYTES -> {
                String[] values = new String[count];
                for (int i = 0; i < count; i++) {
                    values[i] = "text " + (first + i);
                }
                yield new TensorData.Bytes(values);
            }
        };
    }

    private static long[] longs(int first, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (long) first + i;
        }
        return values;
    }

    private static float[] floats(int first, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i;
        }
        return values;
    }

    private static List<Tensor> request(DataType type, String name, int first, int rows) {
        return List.of(new Tensor(name, List.of((long) rows, 2L), values(type, first, 2 * rows)));
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyRequestGetsItsOwnRowsOfEveryType(DataType type) throws Exception {
        TensorProto.DataType onnx = switch (type) {
            case FP16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            case FP32 -> TensorProto.DataType.FLOAT;
            case FP64 -> TensorProto.DataType.DOUBLE;
            case BYTES -> TensorProto.DataType.STRING;
            case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                TensorProto.DataType.valueOf(type.name());
        };
        for (boolean byRow : new boolean[] {true, false}) {
            try (LoadedModel model = open(OnnxFiles.identity(onnx));
                    ModelInstance instance = model.instance(byRow)) {
                // Larger, smaller and larger again: what was there before must not show.
                for (int rows : new int[] {1, 20, 3}) {
                    List<List<Tensor>> requests =
                            List.of(request(type, "x", 1, rows), request(type, "x", 50, 1), request(type, "x", 60, 0));
                    assertEquals(
                            List.of(request(type, "y", 1, rows), request(type, "y", 50, 1), request(type, "y", 60, 0)),
                            run(instance, requests, "y"));
                }
                assertEquals(List.of(request(type, "y", 7, 2)), run(instance, List.of(request(type, "x", 7, 2)), "y"));
            }
        }
    }

    @Test
    void outputsComeInTheOrderInWhichTheyAreAskedFor() throws Exception {
        List<Tensor> a = List.of(
                request(DataType.FP32, "x", 1, 1).getFirst(),
                request(DataType.INT64, "n", 1, 1).getFirst(),
                request(DataType.BYTES, "t", 1, 1).getFirst());
        try (LoadedModel model = open(OnnxFiles.identity());
                ModelInstance instance = model.instance(true)) {
            List<Tensor> found = run(instance, List.of(a, a), "t_out", "x_out").getLast();
            assertEquals(
                    List.of(
                            request(DataType.BYTES, "t_out", 1, 1).getFirst(),
                            request(DataType.FP32, "x_out", 1, 1).getFirst()),
                    found);
            assertEquals(
                    List.of(request(DataType.INT64, "n_out", 1, 1).getFirst()),
                    run(instance, List.of(a), "n_out").getFirst());
        }
    }

    @Test
    void anOutputWithoutARowForEachIsAFailureWhereThereAreSeveralRequests() throws Exception {
        List<Tensor> request = List.of(Tensor.column("distance", 1f, 2f));
        try (LoadedModel model = open(OnnxFiles.oneRowOut());
                ModelInstance instance = model.instance(false)) {
            ModelFailure failure =
                    assertThrows(ModelFailure.class, () -> run(instance, List.of(request, request), "probability"));
            assertEquals(
                    "output 'probability' has shape [1, 1] for inputs of 4 rows: expected a row for each",
                    failure.getMessage());
            assertEquals(
                    List.of(List.of(Tensor.column("probability", 3f))), run(instance, List.of(request), "probability"));
        }
    }

    @Test
    void afterAFailureTheNextRunIsAsGoodAsAny() throws Exception {
        try (LoadedModel model = open(OnnxFiles.failing());
                ModelInstance instance = model.instance(true)) {
            for (int i = 0; i < 3; i++) {
                assertThrows(
                        ModelFailure.class,
                        () -> run(instance, List.of(List.of(Tensor.column("position", 9L))), "probability"));
                assertEquals(
                        List.of(List.of(Tensor.column("probability", 0.2f))),
                        run(instance, List.of(List.of(Tensor.column("position", 1L))), "probability"));
            }
        }
    }
}
