package dev.ringside.training.configuration;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.NumberSteps;
import dev.ringside.training.features.Periodic;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Raw;
import dev.ringside.training.features.Representation;
import dev.ringside.training.features.TextSteps;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.TransformerSettings;
import dev.ringside.training.trees.TreeSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which kind of model is trained. */
public sealed interface ModelChoice {
    /** Why only trees take numbers as they are. */
    String RAW = "only trees take numbers as they are, missing ones too: take standard or another in place of raw";

    /** Why only a network reads steps. */
    String STEPS =
            "only a network reads a list step by step: take statistics or another in place of lstm and recurrent";

    /** Whether it must be told when to stop. */
    boolean needsValidation();

    /** Whether positives count more or less in it by its own settings. */
    default boolean weighsPositives() {
        return false;
    }

    /** Why it cannot learn from a representation, or null if it can. */
    @Nullable
    String refusal(Representation representation);

    /** How it is shown a feature where the document does not say; no representation where that is up to its members. */
    Represented byType(FeatureSpec feature);

    /** Itself, or its members. */
    default List<ModelChoice> singles() {
        return List.of(this);
    }

    /**
     * How it is shown the features: by the representations that it can learn from, and by a feature's type where there is
     * none of them.
     *
     * @param features with the representations that the document chooses, which may be none
     */
    default List<Represented> shown(List<Represented> features) {
        return features.stream()
                .map(feature -> {
                    List<Representation> taken = feature.representations().stream()
                            .filter(representation -> refusal(representation) == null)
                            .toList();
                    return taken.isEmpty() ? byType(feature.feature()) : new Represented(feature.feature(), taken);
                })
                .toList();
    }

    /** What is wrong with the representations that a document chooses, one sentence each. */
    default List<String> refusals(List<Represented> features) {
        List<String> refusals = new ArrayList<>();
        for (Represented feature : features) {
            for (Representation representation : feature.representations()) {
                String refusal = refusal(representation);
                if (refusal != null) {
                    refusals.add("'" + feature.feature().name() + "': " + refusal);
                }
            }
        }
        return refusals;
    }

    /**
     * Logistic regression.
     *
     * @param weightDecay strength of the penalty on squared weights
     */
    record Logistic(double weightDecay) implements ModelChoice {
        @Override
        public boolean needsValidation() {
            return false;
        }

        @Override
        public @Nullable String refusal(Representation representation) {
            boolean learnt = representation instanceof Embedding.Settings
                    || representation instanceof Periodic.Settings
                    || (representation instanceof PiecewiseLinear.Settings(int _, int dimensions) && dimensions > 0);
            if (representation instanceof NumberSteps.Settings || representation instanceof TextSteps.Settings) {
                return STEPS;
            }
            if (learnt) {
                return "logistic regression learns no embeddings: take standard, one_hot or {kind: piecewise,"
                        + " dimensions: 0}";
            }
            return representation instanceof Raw.Settings ? RAW : null;
        }

        @Override
        public Represented byType(FeatureSpec feature) {
            return Represented.byType(feature);
        }
    }

    /**
     * A feed-forward network.
     *
     * @param settings how it is built and trained
     * @param needsValidation whether it must be told when to stop; not where only its regions are fitted
     */
    record Network(NetworkSettings settings, boolean needsValidation) implements ModelChoice {
        /** One that is fitted pass by pass. */
        public Network(NetworkSettings settings) {
            this(settings, true);
        }

        @Override
        public @Nullable String refusal(Representation representation) {
            return representation instanceof Raw.Settings ? RAW : null;
        }

        @Override
        public Represented byType(FeatureSpec feature) {
            TransformerSettings transformer = settings.transformer();
            if (feature.type().list()) {
                return new Represented(feature, List.of()); // the parent says it: else it was refused
            }
            return transformer != null && feature.type() == FeatureType.CATEGORY
                    ? new Represented(
                            feature, List.of(new Embedding.Settings(transformer.token(), Embedding.LEAST_ROWS)))
                    : Represented.byType(feature);
        }
    }

    /**
     * Gradient-boosted trees.
     *
     * @param settings how they are grown
     * @param positiveWeight what a positive counts beside a negative, as class weights of {@code sampling} have it
     */
    record Trees(TreeSettings settings, double positiveWeight) implements ModelChoice {
        @Override
        public boolean weighsPositives() {
            return positiveWeight != 1;
        }

        @Override
        public boolean needsValidation() {
            return settings.patience() > 0;
        }

        @Override
        public @Nullable String refusal(Representation representation) {
            boolean network =
                    representation instanceof PiecewiseLinear.Settings || representation instanceof Periodic.Settings;
            if (representation instanceof NumberSteps.Settings || representation instanceof TextSteps.Settings) {
                return STEPS;
            }
            return network ? "trees split numbers as they are: take raw in place of piecewise and periodic" : null;
        }

        /** Numbers as they are, texts as places of a vocabulary. */
        @Override
        public Represented byType(FeatureSpec feature) {
            return new Represented(
                    feature,
                    List.of(
                            switch (feature.type()) {
                                case NUMBER, INTEGER -> new Raw.Settings();
                                case CATEGORY -> new Embedding.Settings(1, 1);
                                case NUMBERS, CATEGORIES ->
                                    throw new IllegalArgumentException(
                                            "'" + feature.name() + "' is a list: say how it is represented");
                            }));
        }
    }

    /**
     * Several models whose scores become one.
     *
     * @param members each of its own kind
     * @param bags how many samples of the rows each is fitted to; 1 for the rows themselves
     * @param seeds how many times each is fitted to the same rows
     * @param folds how many folds a combination is learnt on; 0 to average
     */
    record Ensemble(List<ModelChoice> members, int bags, int seeds, int folds) implements ModelChoice {
        /** Keeps the list as it is. */
        public Ensemble {
            members = List.copyOf(members);
        }

        @Override
        public List<ModelChoice> singles() {
            return members;
        }

        @Override
        public boolean needsValidation() {
            return members.stream().anyMatch(ModelChoice::needsValidation);
        }

        @Override
        public boolean weighsPositives() {
            return members.stream().anyMatch(ModelChoice::weighsPositives);
        }

        @Override
        public @Nullable String refusal(Representation representation) {
            List<String> refusals = new ArrayList<>();
            for (ModelChoice member : members) {
                String refusal = member.refusal(representation);
                if (refusal == null) {
                    return null;
                }
                refusals.add(refusal);
            }
            return String.join("; ", refusals);
        }

        @Override
        public Represented byType(FeatureSpec feature) {
            return new Represented(feature, List.of());
        }
    }
}
