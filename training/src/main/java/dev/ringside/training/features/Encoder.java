package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * How raw rows become what a learner sees: learnt from training rows alone, so that nothing of the others leaks in.
 *
 * @param encodings in the order of the document; a feature may have several
 */
public record Encoder(List<Encoding> encodings) {
    /** Keeps the list as it is. */
    public Encoder {
        encodings = List.copyOf(encodings);
    }

    /**
     * A feature with the ways in which it is shown.
     *
     * @param feature the raw column
     * @param representations one or more; none where a document leaves it to the kind of model
     */
    public record Represented(FeatureSpec feature, List<Representation> representations) {
        /** Keeps the list as it is. */
        public Represented {
            representations = List.copyOf(representations);
        }

        /** As its type is shown where a document does not say: standardised, or a place each for all texts. */
        public static Represented byType(FeatureSpec feature) {
            return new Represented(
                    feature,
                    List.of(
                            switch (feature.type()) {
                                case NUMBER, INTEGER -> Standardised::fit;
                                case CATEGORY -> OneHot::fit;
                                case NUMBERS, CATEGORIES ->
                                    throw new IllegalArgumentException(
                                            "'" + feature.name() + "' is a list: say how it is represented");
                            }));
        }
    }

    /**
     * Learns from training rows.
     *
     * @throws InvalidData naming every feature that cannot be represented as asked for
     */
    public static Encoder fit(Table train, List<Represented> features) {
        List<Encoding> encodings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Represented represented : features) {
            FeatureSpec feature = represented.feature();
            if (represented.representations().isEmpty()) {
                throw new IllegalArgumentException("feature '" + feature.name() + "' is shown in no way");
            }
            for (Representation representation : represented.representations()) {
                try {
                    encodings.add(representation.fit(feature, train.column(feature.name()), train.targets()));
                } catch (Unrepresentable e) {
                    problems.add("feature '" + feature.name() + "' " + e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidData("the features cannot be represented", problems);
        }
        return new Encoder(encodings);
    }

    /** The raw columns that are read, each once. */
    public List<FeatureSpec> features() {
        return List.copyOf(
                new LinkedHashSet<>(encodings.stream().map(Encoding::feature).toList()));
    }

    /** What they become. */
    public List<Part> parts() {
        return encodings.stream().map(Encoding::part).toList();
    }

    /** The same encoder without what it holds for the rows that it was fitted to alone. */
    public Encoder forOtherRows() {
        return new Encoder(encodings.stream().map(Encoding::forOtherRows).toList());
    }

    /** Encodes rows. */
    public Encoded encode(Table rows) {
        return encoded(rows, Encoding::encode);
    }

    /** Encodes the very rows that it was fitted to. */
    public Encoded encodeTraining(Table train) {
        return encoded(train, Encoding::encodeTraining);
    }

    private Encoded encoded(Table rows, BiFunction<Encoding, Column, Block> encode) {
        return new Encoded(
                rows.size(),
                parts(),
                encodings.stream()
                        .map(encoding -> encode.apply(
                                encoding, rows.column(encoding.feature().name())))
                        .toList());
    }

    /**
     * Writes every encoding.
     *
     * @param inputs the graph's inputs by feature
     * @return the names of the parts' values, in order
     */
    public List<String> export(Graph graph, Map<String, String> inputs) {
        return encodings.stream()
                .map(encoding -> {
                    String input = inputs.get(encoding.feature().name());
                    if (input == null) {
                        throw new IllegalArgumentException(
                                "the graph has no input '" + encoding.feature().name() + "', only " + inputs.keySet());
                    }
                    return encoding.export(graph, input);
                })
                .toList();
    }
}
