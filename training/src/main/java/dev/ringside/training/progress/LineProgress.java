package dev.ringside.training.progress;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plain lines: one a stage, and one for every tenth of the passes that there can be. */
final class LineProgress implements Progress {
    private final PrintWriter lines;

    LineProgress(PrintWriter lines) {
        this.lines = lines;
    }

    @Override
    public void stage(String words) {
        line(words);
    }

    @Override
    public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {
        if (epoch == 1 || epoch % Math.max(1, limit / 10) == 0) {
            line(String.format(
                    Locale.ROOT, "epoch %d of at most %d: %s", epoch, limit, losses(trainingLoss, validationLoss)));
        }
    }

    @Override
    public void goesOn(int epoch) {
        line("goes on after pass " + epoch + ", which was kept");
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
