package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.acceptance.Acceptance;
import dev.ringside.training.acceptance.Measurement;
import dev.ringside.training.evaluation.PartReport;
import dev.ringside.training.export.Exported;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.fitting.LossTable;
import dev.ringside.training.gate.Judgement;
import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.run.StepFiles;
import dev.ringside.training.sampling.Sample;
import dev.ringside.training.split.Parts;
import dev.ringside.training.transfer.Checkpoint;
import dev.ringside.training.validation.ValidationReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How what the steps make lies in files. */
final class RunFiles {
    /** What people look at, and {@code validation.json}. */
    static final StepFiles<ValidationReport> VALIDATED = StepFiles.of(
            report -> {
                Map<String, byte[]> files = new TreeMap<>();
                report.files().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
                return files;
            },
            files -> Json.read(StepFiles.bytes(files, ValidationReport.FILE), ValidationReport.class));

    /** {@code rows.gz}: each row's part in the order of reading, a byte a row, packed. */
    static final StepFiles<Parts> PARTS = StepFiles.of(
            parts -> Map.of(
                    "rows.gz", packed(parts.codes()),
                    "parts.json", StepFiles.text(new Sizes(parts))),
            files -> Parts.of(unpacked(StepFiles.bytes(files, "rows.gz"))));

    /** {@code facts.json} and {@code losses.csv}. */
    static final StepFiles<FittingHistory> FITTED = StepFiles.of(
            made -> Map.of(
                    "facts.json",
                    StepFiles.text(new Facts(made.facts())),
                    "losses.csv",
                    LossTable.write(made.losses()).getBytes(StandardCharsets.UTF_8)),
            files -> new FittingHistory(
                    Json.read(StepFiles.bytes(files, "facts.json"), Facts.class).facts(),
                    LossTable.read(new String(StepFiles.bytes(files, "losses.csv"), StandardCharsets.UTF_8))));

    /** {@code metrics.json}, and {@code scores.f64}: of the test part's rows, FP64, least significant byte first. */
    static final StepFiles<Measurement.Evaluated> EVALUATED = StepFiles.of(
            made -> Map.of(
                    "metrics.json", StepFiles.text(new Metrics(made.metrics())),
                    "scores.f64", bytes(made.scores())),
            files -> new Measurement.Evaluated(
                    Json.read(StepFiles.bytes(files, "metrics.json"), Metrics.class)
                            .metrics(),
                    numbers(StepFiles.bytes(files, "scores.f64"))));

    static final StepFiles<Exported> EXPORTED = StepFiles.of(
            made -> {
                Map<String, byte[]> files = new TreeMap<>();
                files.put("model.onnx", made.onnx());
                files.put("parity.json", StepFiles.text(made.parity()));
                made.embeddings().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
                if (made.checkpoint() != null) {
                    files.put(Checkpoint.FILE, made.checkpoint());
                }
                return files;
            },
            files -> new Exported(
                    StepFiles.bytes(files, "model.onnx"),
                    Json.read(StepFiles.bytes(files, "parity.json"), ParityGate.Passed.class),
                    files.get(Checkpoint.FILE),
                    texts(files, Set.of("model.onnx", "parity.json", Checkpoint.FILE))));

    /** {@code verdicts.json}, and the card with its plots. */
    static final StepFiles<Acceptance.Accepted> ACCEPTED = StepFiles.of(
            made -> {
                Map<String, byte[]> files = new TreeMap<>();
                made.files().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
                files.put("verdicts.json", StepFiles.text(new Verdicts(made.judgement(), made.reports())));
                return files;
            },
            files -> {
                var verdicts = Json.read(StepFiles.bytes(files, "verdicts.json"), Verdicts.class);
                return new Acceptance.Accepted(
                        verdicts.judgement(), verdicts.reports(), texts(files, Set.of("verdicts.json")));
            });

    private RunFiles() {}

    /** How many rows each part has. */
    record Sizes(int train, int unlabelled, int validation, int test, int outside) {
        Sizes(Parts parts) {
            this(
                    parts.train().length,
                    parts.unlabelled().length,
                    parts.validation() == null ? 0 : parts.validation().length,
                    parts.test().length,
                    parts.outside());
        }
    }

    /**
     * What is drawn of the rows that teach. Members of an ensemble, bags and folds draw each for themselves, as here.
     *
     * @param of how many rows there are
     * @param rows how many a model is fitted to
     * @param synthetic how many of them were made
     * @param positiveWeight what a positive's weight is multiplied by
     */
    record Sampled(int of, int rows, int synthetic, double positiveWeight) {
        Sampled(Sample sample, int of) {
            this(
                    of,
                    sample.places().length + made(sample.synthetic()),
                    made(sample.synthetic()),
                    sample.positiveWeight());
        }

        private static int made(Sample.@Nullable Synthetic synthetic) {
            return synthetic == null ? 0 : synthetic.parents().length;
        }
    }

    private record Facts(Map<String, Double> facts) {}

    private record Metrics(Map<String, Double> metrics) {}

    private record Verdicts(Judgement judgement, List<PartReport> reports) {}

    private static Map<String, String> texts(Map<String, byte[]> files, Set<String> without) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (!without.contains(name)) {
                texts.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    private static byte[] packed(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, numbers.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        return bytes.array();
    }

    private static double[] numbers(byte[] bytes) {
        double[] numbers = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
        return numbers;
    }
}
