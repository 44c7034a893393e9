package dev.ringside.app.demo.client;

import dev.ringside.contract.inference.InferenceResponse;
import java.util.HashMap;
import java.util.Map;

/** The probabilities that single versions give for all flights, asked for in batches outside of every experiment. */
public final class VersionScores {
    private static final int BATCH = 1000;

    private final Questions questions;
    private final Endpoints endpoints;
    private final PatientHttp http;
    private final Map<String, float[]> known = new HashMap<>();

    public VersionScores(Questions questions, Endpoints endpoints, PatientHttp http) {
        this.questions = questions;
        this.endpoints = endpoints;
        this.http = http;
    }

    /** What a version says of each flight. */
    public float[] of(String version) throws ReplayFailure, InterruptedException {
        float[] scores = known.get(version);
        if (scores == null) {
            scores = ask(version);
            known.put(version, scores);
        }
        return scores;
    }

    private float[] ask(String version) throws ReplayFailure, InterruptedException {
        int size = questions.flights().size();
        float[] scores = new float[size];
        for (int from = 0; from < size; from += BATCH) {
            int to = Math.min(size, from + BATCH);
            byte[] body = http.post(endpoints.infer(version), questions.about(from, to));
            InferenceResponse response = questions.read(body, to - from);
            System.arraycopy(questions.probabilities(response), 0, scores, from, to - from);
        }
        return scores;
    }
}
