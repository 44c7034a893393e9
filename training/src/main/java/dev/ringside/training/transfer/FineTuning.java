package dev.ringside.training.transfer;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.Encoding;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a network that begins with a fitted one. Columns that the parent reads are encoded as the parent encodes them;
 * where the mode lets inputs grow, texts that it did not know get places of their own, and new columns are encoded by the
 * new rows. Before the first step the child says of every row what the parent says.
 *
 * @param checkpoint the parent
 * @param features what the child reads: all that the parent reads, and new ones
 * @param settings how it is trained; its layers are the parent's
 * @param target what it predicts
 * @param mode what is changed
 * @param rateDecay by how much a layer's learning rate is multiplied for the layer before it
 */
public record FineTuning(
        Checkpoint checkpoint,
        List<Represented> features,
        NetworkSettings settings,
        Target target,
        WarmStart.Mode mode,
        double rateDecay)
        implements Estimator {
    /** Keeps the list as it is. */
    public FineTuning {
        features = List.copyOf(features);
    }

    @Override
    public Fitted fit(TrainingSide side, @Nullable Table validation, RunContext run) {
        Table train = side.rows();
        List<Encoding> encodings = new ArrayList<>();
        List<Integer> older = new ArrayList<>();
        List<Encoding> parent = checkpoint.encoder().encodings();
        for (Represented feature : features) {
            List<Encoding> known = encodings(feature.feature());
            for (Encoding encoding : known) {
                older.add(parent.indexOf(encoding));
                encodings.add(
                        mode.keepsHead()
                                ? encoding.grown(train.column(feature.feature().name()))
                                : encoding);
            }
            if (known.isEmpty()) {
                for (Encoding encoding : Encoder.fit(train, List.of(feature)).encodings()) {
                    older.add(-1);
                    encodings.add(encoding);
                }
            }
        }
        var encoder = new Encoder(encodings);
        var learner = new NetworkLearner(settings, target, new WarmStart(checkpoint.model(), older, mode, rateDecay));
        Model model = learner.fit(
                Examples.training(encoder, train), validation == null ? null : Examples.of(encoder, validation), run);
        return new Fitted(encoder, model);
    }

    private List<Encoding> encodings(FeatureSpec feature) {
        return checkpoint.encoder().encodings().stream()
                .filter(encoding -> encoding.feature().name().equals(feature.name()))
                .toList();
    }
}
