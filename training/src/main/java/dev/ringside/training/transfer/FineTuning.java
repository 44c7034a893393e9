package dev.ringside.training.transfer;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.Encoding;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkModel;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart;
import dev.ringside.training.sampling.SampledPipeline;
import dev.ringside.training.sampling.Sampler;
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
 * @param sampler what is done to the training rows, under whose prior the parent's head begins, so that scores taken back
 *     to the rows' own are the parent's before the first step; null for the rows as they are
 * @param parallelism how the work is divided
 */
public record FineTuning(
        Checkpoint checkpoint,
        List<Represented> features,
        NetworkSettings settings,
        Target target,
        WarmStart.Mode mode,
        double rateDecay,
        @Nullable Sampler sampler,
        Parallelism parallelism)
        implements Estimator {
    /** To the rows as they are, in one process, on one device. */
    public FineTuning(
            Checkpoint checkpoint,
            List<Represented> features,
            NetworkSettings settings,
            Target target,
            WarmStart.Mode mode,
            double rateDecay) {
        this(checkpoint, features, settings, target, mode, rateDecay, null, new Parallelism.None());
    }

    /** Keeps the list as it is. */
    public FineTuning {
        features = List.copyOf(features);
    }

    @Override
    public Predictor fit(TrainingSide side, @Nullable Table validation, RunContext run) {
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
        if (sampler != null) {
            return SampledPipeline.fit(
                    encoder,
                    sampler,
                    shift -> learner(mode.keepsHead() ? checkpoint.model().shifted(-shift) : checkpoint.model(), older),
                    side,
                    validation,
                    run);
        }
        Model model = learner(checkpoint.model(), older)
                .fit(
                        Examples.training(encoder, train),
                        validation == null ? null : Examples.of(encoder, validation),
                        run);
        return new Fitted(encoder, model);
    }

    private Learner learner(NetworkModel parent, List<Integer> older) {
        return new NetworkLearner(
                settings, target, new WarmStart(parent, older, mode, rateDecay), List.of(), parallelism);
    }

    private List<Encoding> encodings(FeatureSpec feature) {
        return checkpoint.encoder().encodings().stream()
                .filter(encoding -> encoding.feature().name().equals(feature.name()))
                .toList();
    }
}
