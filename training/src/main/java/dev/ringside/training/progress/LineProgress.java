package dev.ringside.training.progress;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plain lines: one a stage, and one for every tenth of the passes that there can be. */
final class LineProgress implements Progress {
    private final PrintWriter lines;

    private final LongSupplier nanos;
    private long since;
    private int first;

    LineProgress(PrintWriter lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    @Override
    public void stage(String words) {
        line(words);
    }

    @Override
    public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {
        if (epoch <= first || since == 0) {
            first = epoch; // of another fitting: what it takes is not known yet
            since = nanos.getAsLong();
        }
        if (epoch == 1 || epoch % Math.max(1, limit / 10) == 0) {
            line(String.format(
                    Locale.ROOT,
                    "epoch %d of at most %d: %s%s",
                    epoch,
                    limit,
                    losses(trainingLoss, validationLoss),
                    left(epoch, limit)));
        }
    }

    /** The time that is left if no pass is saved. */
    private String left(int epoch, int limit) {
        if (epoch == first || epoch >= limit) {
            return "";
        }
        double seconds = (nanos.getAsLong() - since) / 1e9 / (epoch - first) * (limit - epoch);
        return seconds < 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", at most %.0f %s left",
                        seconds < 120 ? seconds : seconds / 60,
                        seconds < 120 ? "s" : "min");
    }

    @Override
    public void goesOn(int epoch) {
        line("goes on after pass " + epoch + ", which was kept");
    }

    @Override
    public void says(String words) {
        line(words);
    }

    private static String losses(double trainingLoss, @Nullable Double validationLoss) {
        String training = String.format(Locale.ROOT, "training loss %.5f", trainingLoss);
        return validationLoss == null
                ? training
                : training + String.format(Locale.ROOT, ", validation loss %.5f", validationLoss);
    }

    private void line(String words) {
        lines.println(words);
        lines.flush();
    }

    @Override
    public void close() {}
}
