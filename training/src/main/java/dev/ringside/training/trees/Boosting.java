package dev.ringside.training.trees;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.learning.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** XGBoost at work: its native memory, one tree after the other. */
final class Boosting implements AutoCloseable {
    private final Matrix train;
    private final @Nullable Matrix validation;
    private final @Nullable HuberLoss huber;
    private final @Nullable HuberLoss watched;
    private final Booster booster;

    /**
     * @param parameters XGBoost's, by its names
     * @param huber δ of the loss that is Huber's; null for the objective of the parameters
     * @param grown trees to go on from, as {@link #state} gave them; null to begin
     */
    Boosting(
            Columns columns,
            Examples train,
            @Nullable Examples validation,
            Map<String, Object> parameters,
            @Nullable Double huber,
            byte @Nullable [] grown) {
        this.train = new Matrix(columns, train);
        this.validation = validation == null ? null : new Matrix(columns, validation);
        this.huber = huber == null ? null : new HuberLoss(huber, train);
        this.watched = huber == null || validation == null ? null : new HuberLoss(huber, validation);
        Map<String, Object> all = new HashMap<>(parameters);
        if (this.huber != null) {
            all.put("base_score", this.huber.median());
        }
        try {
            Map<String, DMatrix> named = new LinkedHashMap<>();
            if (this.validation != null) {
                named.put("validation", this.validation.matrix());
            }
            Booster begun = grown == null ? null : XGBoost.loadModel(grown);
            booster = XGBoost.train(this.train.matrix(), all, 0, named, null, null, null, 0, begun);
        } catch (IOException e) {
            closeMatrices();
            throw new UncheckedIOException("the kept trees cannot be read", e);
        } catch (XGBoostError e) {
            closeMatrices();
            throw failure(e);
        }
    }

    /** Grows the next tree. */
    void grow(int round) {
        try {
            if (huber == null) {
                booster.update(train.matrix(), round);
                return;
            }
            float[] sums = sums(train);
            float[] first = new float[sums.length];
            float[] second = new float[sums.length];
            huber.derivatives(sums, first, second);
            booster.boost(train.matrix(), round, first, second);
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    /** The loss of the training rows, and that of the validation rows where there are any. */
    float[] losses(int round) {
        try {
            if (huber != null) {
                float mean = (float) huber.mean(sums(train));
                return validation == null || watched == null
                        ? new float[] {mean}
                        : new float[] {mean, (float) watched.mean(sums(validation))};
            }
            DMatrix[] matrices = validation == null
                    ? new DMatrix[] {train.matrix()}
                    : new DMatrix[] {train.matrix(), validation.matrix()};
            String[] names = validation == null ? new String[] {"train"} : new String[] {"train", "validation"};
            float[] losses = new float[matrices.length];
            booster.evalSet(matrices, names, round, losses);
            return losses;
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    /** The validation rows' scores, one a row. */
    double[] scores() {
        if (validation == null) {
            throw new IllegalStateException("there are no validation rows");
        }
        try {
            float[][] found = booster.predict(validation.matrix());
            double[] scores = new double[found.length];
            for (int row = 0; row < scores.length; row++) {
                scores[row] = found[row][0];
            }
            return scores;
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    /** All trees so far, in XGBoost's own form. */
    byte[] state() {
        try {
            return booster.toByteArray();
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    /** All trees so far. */
    JsonNode model() {
        try {
            return Json.mapper().readTree(booster.toByteArray("json"));
        } catch (XGBoostError e) {
            throw failure(e);
        } catch (IOException e) {
            throw new UncheckedIOException("XGBoost's model is no JSON", e);
        }
    }

    /** The leaf of each tree in which each row ends, by XGBoost's own walk. */
    float[][] leaves(Columns columns, Examples examples) {
        try (var rows = new Matrix(columns, examples)) {
            return booster.predictLeaf(rows.matrix(), 0);
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    /** Each row's sum, by XGBoost's own walk. */
    float[] margins(Columns columns, Examples examples) {
        try (var rows = new Matrix(columns, examples)) {
            return sums(rows);
        } catch (XGBoostError e) {
            throw failure(e);
        }
    }

    private float[] sums(Matrix rows) throws XGBoostError {
        float[][] found = booster.predict(rows.matrix(), true);
        float[] sums = new float[found.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = found[i][0];
        }
        return sums;
    }

    static IllegalStateException failure(XGBoostError reason) {
        return new IllegalStateException("XGBoost: " + reason.getMessage(), reason);
    }

    private void closeMatrices() {
        train.close();
        if (validation != null) {
            validation.close();
        }
    }

    @Override
    public void close() {
        booster.dispose();
        closeMatrices();
    }
}
