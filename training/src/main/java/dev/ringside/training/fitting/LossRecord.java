package dev.ringside.training.fitting;

import dev.ringside.training.learning.EpochListener;
import dev.ringside.training.learning.LossHistory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Keeps the losses of every fitting that it hears of, by its place, and tells everything on. */
final class LossRecord implements EpochListener {
    private final EpochListener watcher;
    private final String place;
    private final SequencedMap<String, LossHistory> kept;

    LossRecord(EpochListener watcher) {
        this(watcher, "", new LinkedHashMap<>());
    }

    private LossRecord(EpochListener watcher, String place, SequencedMap<String, LossHistory> kept) {
        this.watcher = watcher;
        this.place = place;
        this.kept = kept;
    }

    /** The losses of the fittings that are done, by their places. */
    SequencedMap<String, LossHistory> kept() {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kept));
    }

    @Override
    public LossRecord within(String inner) {
        return new LossRecord(watcher.within(inner), place.isEmpty() ? inner : place + "/" + inner, kept);
    }

    @Override
    public void fitted(LossHistory losses) {
        if (!losses.passes().isEmpty()) {
            kept.put(place, losses);
        }
        watcher.fitted(losses);
    }

    @Override
    public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {
        watcher.epoch(epoch, limit, trainingLoss, validationLoss);
    }

    @Override
    public void goesOn(int epoch) {
        watcher.goesOn(epoch);
    }

    @Override
    public void says(String words) {
        watcher.says(words);
    }
}
