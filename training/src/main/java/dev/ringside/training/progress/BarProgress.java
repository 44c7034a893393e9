package dev.ringside.training.progress;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One bar on the terminal, which counts passes over the data and names the stage. */
final class BarProgress implements Progress {
    private final ProgressBar bar = new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .build();

    @Override
    public void stage(String words) {
        bar.setExtraMessage(words);
    }

    @Override
    public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {
        bar.maxHint(limit);
        bar.stepTo(epoch);
        bar.setExtraMessage(
                validationLoss == null
                        ? String.format(Locale.ROOT, "training loss %.5f", trainingLoss)
                        : String.format(Locale.ROOT, "validation loss %.5f", validationLoss));
    }

    @Override
    public void goesOn(int epoch) {
        bar.setExtraMessage("goes on after pass " + epoch);
    }

    @Override
    public void says(String words) {
        bar.setExtraMessage(words);
    }

    @Override
    public void close() {
        bar.close();
    }
}
