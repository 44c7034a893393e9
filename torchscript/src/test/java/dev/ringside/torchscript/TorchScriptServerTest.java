package dev.ringside.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.torchscript.Message;
import dev.ringside.contract.torchscript.MessageChannel;
import dev.ringside.contract.torchscript.RawTensor;
import dev.ringside.contract.torchscript.SignatureDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by the trainer's TorchScriptFilesTest, which says what is in them. */
class TorchScriptServerTest {
    private static final Path FILES = Path.of("src/test/resources/dev/ringside/torchscript");
    private static final int HIDDEN = 16;

    @TempDir
    Path folder;

    private TorchScriptServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TorchScriptServer(folder.resolve("s"));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private MessageChannel connect() throws IOException {
        return new MessageChannel(SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("s"))));
    }

    private static Message ask(MessageChannel channel, Message question) throws IOException {
        channel.write(question);
        return channel.read();
    }

    private static Message.Open open(long id, String file) throws IOException {
        try (var zip = new ZipFile(FILES.resolve(file).toFile())) {
            String name = zip.stream()
                    .map(Object::toString)
                    .filter(found -> found.endsWith("extra/signature.json"))
                    .findFirst()
                    .orElseThrow();
            return new Message.Open(
                    id,
                    FILES.resolve(file).toAbsolutePath().toString(),
                    SignatureDocument.read(
                            zip.getInputStream(zip.getEntry(name)).readAllBytes()));
        }
    }

    private static Message.Run run(Tensor... inputs) {
        return new Message.Run(Arrays.stream(inputs)
                .map(input -> RawTensor.joined(List.of(input)))
                .toList());
    }

    private static List<Tensor> outputs(Message answer) {
        return assertInstanceOf(Message.Done.class, answer).outputs().stream()
                .map(RawTensor::tensor)
                .toList();
    }

    private static String reason(Message answer) {
        return assertInstanceOf(Message.Failed.class, answer).reason();
    }

    private static Tensor fp32(String name, int columns, float... values) {
        return new Tensor(name, List.of((long) values.length / columns, (long) columns), new TensorData.Fp32(values));
    }

    private static float weight(int i, int seed) {
        return ((i * 37 + seed * 29) % 101 - 50) / 64f;
    }

    /** What the network gives, in FP64. */
    private static double score(float[] x, long hour) {
        double logit = weight(0, 4) + hour * weight(0, 5);
        for (int h = 0; h < HIDDEN; h++) {
            double sum = weight(h, 2);
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * weight(i * HIDDEN + h, 1);
            }
            logit += Math.max(0, sum) * weight(h, 3);
        }
        return 1 / (1 + Math.exp(-logit));
    }

    private static float[] row(int seed) {
        float[] x = new float[8];
        for (int i = 0; i < x.length; i++) {
            x[i] = weight(i, seed);
        }
        return x;
    }

    @Test
    void aNetworkGivesWhatItsWeightsSay() throws IOException {
        try (MessageChannel channel = connect()) {
            assertEquals(List.of(), outputs(ask(channel, open(1, "twin.pt"))));
            for (int seed = 0; seed < 50; seed++) {
                float[] x = row(seed);
                List<Tensor> found =
                        outputs(ask(channel, run(fp32("x", 8, x), Tensor.column("hour", (long) seed % 5))));
                assertEquals(
                        List.of("score", "hidden"),
                        found.stream().map(Tensor::name).toList());
                assertEquals(List.of(1L, 16L), found.get(1).shape());
                assertEquals(
                        score(x, seed % 5), ((TensorData.Fp32) found.getFirst().data()).values()[0], 1e-5);
            }
        }
    }

    @Test
    void everyTypeGoesInAndComesOut() throws IOException {
        List<Long> shape = List.of(1L, 2L);
        var inputs = new ArrayList<Tensor>();
        inputs.add(new Tensor("in_BOOL", shape, new TensorData.Bool(new boolean[] {true, false})));
        inputs.add(new Tensor("in_INT8", shape, new TensorData.Whole(DataType.INT8, new long[] {-128, 126})));
        inputs.add(new Tensor("in_INT32", shape, new TensorData.Whole(DataType.INT32, new long[] {-5, 1 << 30})));
        inputs.add(new Tensor("in_INT64", shape, new TensorData.Int64(new long[] {-5, 1L << 60})));
        inputs.add(new Tensor("in_UINT8", shape, new TensorData.Whole(DataType.UINT8, new long[] {0, 254})));
        inputs.add(new Tensor("in_FP16", shape, new TensorData.Fp16(new float[] {0.5f, -3})));
        inputs.add(new Tensor("in_FP32", shape, new TensorData.Fp32(new float[] {0.25f, Float.POSITIVE_INFINITY})));
        inputs.add(new Tensor("in_FP64", shape, new TensorData.Fp64(new double[] {0.125, -1e300})));
        List<Tensor> found;
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "types.pt")));
            found = outputs(ask(channel, run(inputs.toArray(Tensor[]::new))));
        }
        assertEquals(
                List.of(
                        "BOOL [false, true]",
                        "INT8 [-127, 127]",
                        "INT32 [-4, 1073741825]",
                        "INT64 [-4, 1152921504606846977]",
                        "UINT8 [1, 255]",
                        "FP16 [1.5, -2.0]",
                        "FP32 [1.25, Infinity]",
                        "FP64 [1.125, -1.0E300]"),
                found.stream()
                        .map(tensor -> tensor.datatype() + " [" + tensor.data().text(0) + ", "
                                + tensor.data().text(1) + "]")
                        .toList());
    }

    @Test
    void aDictionaryIsReadByNameAndAsItsShapeSaysHoweverItLiesInMemory() throws IOException {
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "dictionary.pt")));
            List<Tensor> found = outputs(ask(channel, run(fp32("x", 3, 1, 2, 3, 4, 5, 6))));

            assertEquals(
                    List.of("turned", "twice"), found.stream().map(Tensor::name).toList());
            assertEquals(List.of(3L, 2L), found.get(0).shape());
            assertArrayEquals(
                    new float[] {1, 4, 2, 5, 3, 6},
                    ((TensorData.Fp32) found.get(0).data()).values());
            assertArrayEquals(
                    new float[] {2, 4, 6, 8, 10, 12},
                    ((TensorData.Fp32) found.get(1).data()).values());
        }
    }

    @Test
    void noRowsGiveNoRows() throws IOException {
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "twin.pt")));
            List<Tensor> found = outputs(ask(channel, run(fp32("x", 8), Tensor.column("hour", new long[0]))));

            assertEquals(List.of(0L, 1L), found.getFirst().shape());
        }
    }

    @Test
    void aRunThatFailsSaysWhyAndTheNextOneIsAnswered() throws IOException {
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "twin.pt")));

            String reason = reason(ask(channel, run(fp32("x", 3, 1, 2, 3), Tensor.column("hour", 1L))));
            assertTrue(reason.contains("mat1 and mat2 shapes cannot be multiplied"), reason);
            assertTrue(reason.contains("torch.matmul(x, self.w1)"), reason);
            assertEquals(
                    2,
                    outputs(ask(channel, run(fp32("x", 8, row(1)), Tensor.column("hour", 1L))))
                            .size());
        }
    }

    @Test
    void whatIsNoModelIsRefusedAndTheConnectionServesOn() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("twin.pt"));
        Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2));
        try (MessageChannel channel = connect()) {
            String reason = reason(ask(
                    channel,
                    new Message.Open(1, cut.toString(), open(1, "twin.pt").signature())));
            assertTrue(reason.startsWith("libtorch cannot open the file: "), reason);
            assertTrue(reason.contains("failed finding central directory"), reason);
            assertTrue(!reason.contains(folder.toString()) && !reason.contains("frame #"), reason);
            assertTrue(reason(ask(channel, run())).contains("expected a model to be opened"));

            outputs(ask(channel, open(2, "twin.pt")));
            assertTrue(reason(ask(channel, open(3, "twin.pt"))).contains("then runs of it, found Open"));
        }
    }

    @Test
    void aSignatureThatIsNotTrueIsToldWithWhatCame() throws IOException {
        Message.Open right = open(1, "twin.pt");
        List<TensorSpec> outputs = right.signature().outputs();
        try (MessageChannel channel = connect()) {
            ask(channel, with(1, right, List.of(outputs.getFirst())));
            assertEquals(
                    "forward returns 2 tensors, signature.json names 1 outputs: [score]",
                    reason(ask(channel, run(fp32("x", 8, row(1)), Tensor.column("hour", 1L)))));
        }
        try (MessageChannel channel = connect()) {
            ask(channel, with(2, right, List.of(outputs.get(1), outputs.get(0))));
            assertEquals(
                    "output 'hidden' is FP32 [1, 1], signature.json says FP32 [-1, 16]",
                    reason(ask(channel, run(fp32("x", 8, row(1)), Tensor.column("hour", 1L)))));
        }
    }

    @Test
    void anOutputOfATypeThatDjlDoesNotKnowIsRefused() throws IOException {
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "brain.pt")));
            assertEquals(
                    "output 'y' is of a type that DJL does not know, such as int16 or bfloat16: convert it within"
                            + " forward",
                    reason(ask(channel, run(fp32("x", 1, 5)))));
        }
    }

    private static Message.Open with(long id, Message.Open open, List<TensorSpec> outputs) {
        return new Message.Open(
                id, open.file(), new SignatureDocument(open.signature().inputs(), outputs, null, Map.of()));
    }

    @Test
    void manyConnectionsRunOneModelAtTheSameTime() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var runs = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread;
                runs.add(threads.submit(() -> {
                    try (MessageChannel channel = connect()) {
                        outputs(ask(channel, open(7, "twin.pt")));
                        for (int seed = first; seed < first + 200; seed++) {
                            float[] x = row(seed);
                            List<Tensor> found =
                                    outputs(ask(channel, run(fp32("x", 8, x), Tensor.column("hour", (long) seed % 3))));
                            assertEquals(
                                    score(x, seed % 3),
                                    ((TensorData.Fp32) found.getFirst().data()).values()[0],
                                    1e-5);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    @Test
    void aTranslatorMakesTensorsOfTextsAndTextsOfTensors() throws IOException {
        try (MessageChannel channel = connect()) {
            outputs(ask(channel, open(1, "doubled.pt")));

            Tensor found = outputs(ask(channel, run(Tensor.column("text", "four", "é", "{\"a\": 1}"))))
                    .getFirst();
            assertEquals("length", found.name());
            assertEquals(List.of(3L, 1L), found.shape());
            assertArrayEquals(
                    new String[] {
                        "{\"twice\":8,\"unit\":\"characters\"}",
                        "{\"twice\":2,\"unit\":\"characters\"}",
                        "{\"twice\":16,\"unit\":\"characters\"}"
                    },
                    ((TensorData.Bytes) found.data()).values());
            assertEquals("expected a text, found an empty one", reason(ask(channel, run(Tensor.column("text", "")))));
        }
    }

    @Test
    void aTranslatorThatIsNotThereOrNoneIsRefused() throws IOException {
        Message.Open right = open(1, "doubled.pt");
        try (MessageChannel channel = connect()) {
            assertEquals(
                    "translator: expected a class that is there, found none called org.example.Gone; put its jar into"
                            + " the folder that ringside.torchscript.translators names",
                    reason(ask(channel, translated(1, right, "org.example.Gone"))));
            assertEquals(
                    "translator: expected a ai.djl.translate.TranslatorFactory or a"
                            + " ai.djl.translate.Translator<Input, Output>, found java.lang.String",
                    reason(ask(channel, translated(2, right, "java.lang.String"))));
        }
    }

    private static Message.Open translated(long id, Message.Open open, String translator) {
        return new Message.Open(
                id,
                open.file(),
                new SignatureDocument(
                        open.signature().inputs(), open.signature().outputs(), translator, Map.of()));
    }
}
