package dev.ringside.training.gate;

import dev.ringside.training.gate.Evidence.Export;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Asks something of the exported file. */
public sealed interface ExportGate extends Gate {
    /** What it says of a file that was measured. */
    Verdict judge(Export export);

    @Override
    default Verdict judge(Evidence evidence) {
        Export export = evidence.export();
        return export == null
                ? new Verdict.Refused(name(), "nothing was exported, so nothing could be measured", Map.of())
                : judge(export);
    }

    /**
     * That it is no larger than a budget.
     *
     * @param bytes at most
     */
    record Size(long bytes) implements ExportGate {
        @Override
        public String name() {
            return "size";
        }

        @Override
        public Verdict judge(Export export) {
            return Verdict.of(
                    export.bytes() <= bytes,
                    name(),
                    String.format(Locale.ROOT, "the file has %d bytes, at most %d allowed", export.bytes(), bytes),
                    Map.of("bytes", (double) export.bytes(), "limit", (double) bytes));
        }
    }

    /**
     * That 99 of 100 calls with one row take no longer than a budget.
     *
     * @param p99 at most
     */
    record Latency(Duration p99) implements ExportGate {
        @Override
        public String name() {
            return "latency";
        }

        @Override
        public Verdict judge(Export export) {
            double found = micros(export.p99());
            return Verdict.of(
                    export.p99().compareTo(p99) <= 0 && export.calls() > 0,
                    name(),
                    String.format(
                            Locale.ROOT,
                            "99 of 100 calls with one row take at most %.0f µs (%d calls), at most %.0f µs allowed",
                            found,
                            export.calls(),
                            micros(p99)),
                    Map.of("p99_us", found, "limit_us", micros(p99)));
        }

        private static double micros(Duration duration) {
            return duration.toNanos() / 1e3;
        }
    }

    /**
     * That it scores as the trained model does.
     *
     * @param tolerance the greatest absolute difference of a score
     */
    record Parity(double tolerance) implements ExportGate {
        @Override
        public String name() {
            return "parity";
        }

        @Override
        public Verdict judge(Export export) {
            return Verdict.of(
                    export.parityRows() > 0 && export.parityDifference() <= tolerance,
                    name(),
                    String.format(
                            Locale.ROOT,
                            "the file's scores differ from the trained model's by at most %.1e on %d rows, at most %.0e"
                                    + " allowed",
                            export.parityDifference(),
                            export.parityRows(),
                            tolerance),
                    Map.of("rows", (double) export.parityRows(), "difference", export.parityDifference()));
        }
    }
}
