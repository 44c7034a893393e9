package dev.ringside.benchmarks.training;

import dev.ringside.benchmarks.training.Measure.Better;
import dev.ringside.contract.InvalidInput;
import java.util.List;
import java.util.stream.Stream;

/** What is promised of the trainer. */
public final class Measures {
    private static final String FOLDER = "benchmarks/training/";
    private static final String AUC = "test_auc";

    private static final String ADULT = "scikit-learn 1.2.1, official split, all 32,561 training rows";
    private static final String ADULT_PUBLISHED =
            "Gorishniy et al. 2022 and 2024, official split, mean of 15 seeds, from the report files of yandex-research";
    private static final String BANK = "scikit-learn 1.2.1, the same rows 60/20/20, without duration";
    private static final String FLIGHTS = "scikit-learn 1.2.1, eight features of demo/features.sql, same parts in time";

    private static final List<Reference> ADULT_REFERENCES = List.of(
            new Reference("logistic regression", 0.9054, ADULT),
            new Reference("HistGradientBoosting", 0.9277, ADULT),
            new Reference("MLP", 0.9102, ADULT));
    private static final List<Reference> BANK_REFERENCES = List.of(
            new Reference("logistic regression", 0.7609, BANK),
            new Reference("HistGradientBoosting", 0.7908, BANK),
            new Reference("MLP", 0.7770, BANK));
    private static final List<Reference> FLIGHTS_REFERENCES = List.of(
            new Reference("logistic regression", 0.6695, FLIGHTS),
            new Reference("HistGradientBoosting", 0.7249, FLIGHTS),
            new Reference("MLP", 0.6758, FLIGHTS));

    private static final Training ALL_FLIGHTS = Training.of(FOLDER + "flights-3m.yaml", "--heap", "1000MB");

    private Measures() {}

    /** All, in the order in which they are measured. */
    public static List<Measure> all() {
        return List.of(
                auc(
                        "adult_network_auc",
                        "a network on the Adult census income rows, official split",
                        "adult-network.yaml",
                        0.921,
                        0.9257,
                        with(
                                ADULT_REFERENCES,
                                new Reference("MLP with piecewise-linear embeddings", 0.9257, ADULT_PUBLISHED))),
                auc(
                        "adult_network_ensemble_auc",
                        "five such networks, averaged",
                        "adult-network-ensemble.yaml",
                        0.923,
                        0.9278,
                        with(
                                ADULT_REFERENCES,
                                new Reference("five MLPs with periodic embeddings", 0.9276, ADULT_PUBLISHED),
                                new Reference("five TabR", 0.9278, ADULT_PUBLISHED))),
                auc(
                        "adult_trees_auc",
                        "boosted trees on the same rows",
                        "adult-trees.yaml",
                        0.9271,
                        0.9273,
                        with(
                                ADULT_REFERENCES,
                                new Reference("XGBoost", 0.9269, ADULT_PUBLISHED),
                                new Reference("CatBoost", 0.9273, ADULT_PUBLISHED))),
                auc(
                        "adult_best_auc",
                        "the best of all in one ONNX file, on the same rows",
                        "adult-best.yaml",
                        0.928,
                        0.930,
                        with(ADULT_REFERENCES, new Reference("five CatBoost", 0.9278, ADULT_PUBLISHED))),
                auc(
                        "flights_network_auc",
                        "a network on the demo's flights, April to June",
                        "flights-network.yaml",
                        0.70,
                        0.73,
                        FLIGHTS_REFERENCES),
                auc(
                        "flights_trees_auc",
                        "boosted trees on the same flights",
                        "flights-trees.yaml",
                        0.725,
                        0.735,
                        FLIGHTS_REFERENCES),
                new Measure(
                        "flights3m_auc",
                        "3,000,000 flights, April to June",
                        new Figure.Metric(ALL_FLIGHTS, AUC),
                        Better.HIGHER,
                        0.745,
                        0.755,
                        List.of(new Reference(
                                "XGBoost", 0.7509, "XGBoost4J 3.4.0 on the features of demo/features.sql"))),
                new Measure(
                        "flights3m_peak_rss_gb",
                        "what the process of that training had resident at most",
                        new Figure.PeakMemory(ALL_FLIGHTS),
                        Better.LOWER,
                        2.5,
                        1.5,
                        List.of()),
                new Measure(
                        "fine_tuning_gain_low",
                        "by how much fine-tuning lowers the log loss of networks that begin anew, over all origins of the"
                                + " 3,000,000 flights with fewer than 500 training rows: the lower end of its 95 %"
                                + " interval",
                        new Figure.Metric(
                                new Training(Training.Program.GAIN, FOLDER + "fine-tuning.yaml", List.of()),
                                "every_layer_gain_low"),
                        Better.HIGHER,
                        0,
                        0,
                        new Measure.Beside("champion_gain_low", "the network itself that is tuned"),
                        List.of()),
                auc(
                        "bank_auc",
                        "who subscribes to a deposit, 60/20/20 by a hash of the row, without duration",
                        "bank.yaml",
                        0.79,
                        0.80,
                        BANK_REFERENCES),
                new Measure(
                        "epoch_ratio",
                        "a pass of a network over the time of the same network written out against libtorch",
                        new Figure.Ratio(
                                new Training(Training.Program.PACE, FOLDER + "epoch.yaml", List.of()), "ratio"),
                        Better.LOWER,
                        1.05,
                        1.0,
                        List.of()),
                new Measure(
                        "two_process_speedup",
                        "the time of a pass of a network 512 wide, over that of two processes on two free cores",
                        new Figure.Ratio(
                                new Training(Training.Program.PROCESSES, FOLDER + "processes.yaml", List.of()),
                                "speedup"),
                        Better.HIGHER,
                        1.5,
                        1.8,
                        new Measure.Beside(
                                "small_speedup", "a network 64 wide, whose steps are too small to be shared"),
                        List.of()));
    }

    /**
     * Some, in the order of all.
     *
     * @throws InvalidInput naming the keys that are none
     */
    public static List<Measure> named(List<String> keys) {
        List<String> known = all().stream().map(Measure::key).toList();
        List<String> unknown =
                keys.stream().filter(key -> !known.contains(key)).distinct().toList();
        InvalidInput.require(
                unknown.isEmpty(),
                "--only",
                "expected some of " + String.join(", ", known) + ", found " + String.join(", ", unknown));
        return all().stream().filter(measure -> keys.contains(measure.key())).toList();
    }

    private static Measure auc(
            String key, String about, String document, double must, double goal, List<Reference> references) {
        return new Measure(
                key,
                about + ", AUC of the test part",
                new Figure.Metric(Training.of(FOLDER + document), AUC),
                Better.HIGHER,
                must,
                goal,
                references);
    }

    private static List<Reference> with(List<Reference> references, Reference... others) {
        return Stream.concat(references.stream(), Stream.of(others)).toList();
    }
}
