package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a training found that an experiment can be planned by: how much better than the champion its version is by a pay-off
 * on the test rows, and how single rows vary.
 *
 * @param payOff the name of the pay-off
 * @param gain of the new version over the champion, a row, paired
 * @param low the lower end of its interval
 * @param high its upper end
 * @param variance of the pay-off of one row, the larger of the two versions'
 * @param largest what a row's pay-off is at most, in amount
 * @param champion the version that it was compared with
 */
record GateFindings(
        String payOff, double gain, double low, double high, double variance, double largest, String champion) {
    private static final Set<String> NO_PAY_OFFS = Set.of("by");
    /** Half of a 95 % interval of a normal estimate, in standard errors. */
    private static final double HALF_WIDTH = 1.959963984540054;

    /**
     * The first pay-off of a training's document, which becomes the primary KPI.
     *
     * @throws InvalidInput if the document has none, or compares with no champion: then nothing can be proposed
     */
    static String payOff(JsonNode document) {
        InvalidInput.require(
                document.path("gates").path("champion").isTextual(),
                "gates.champion",
                "missing: --propose plans by the paired difference from the champion, so a document must name its folder");
        for (var metric : document.path("metrics").properties()) {
            if (!NO_PAY_OFFS.contains(metric.getKey()) && metric.getValue().isObject()) {
                return metric.getKey();
            }
        }
        throw new InvalidInput(
                "metrics",
                "has no pay-off: --propose makes it the primary KPI, such as"
                        + " warning_value: {threshold: 0.2, right: 1, wrong: -0.25}");
    }

    /**
     * Reads what the trainer wrote.
     *
     * @param path the training's document
     * @param result as {@code train --json} writes it
     */
    static GateFindings read(Path path, JsonNode document, JsonNode result) throws IOException {
        String payOff = payOff(document);
        JsonNode figures = null;
        for (JsonNode gate : result.path("gates")) {
            if (gate.path("gate").asText().equals("champion_" + payOff)) {
                figures = gate.path("figures");
            }
        }
        if (figures == null || !figures.path("gain").isNumber()) {
            throw new IOException(
                    "the trainer's result has no paired difference of '" + payOff + "' from the champion");
        }
        double variance = 0;
        for (JsonNode report : result.path("reports")) {
            JsonNode estimate = report.path("metrics").path(payOff);
            if (!report.path("segment").isTextual() && estimate.path("low").isNumber()) {
                double error = (estimate.path("high").doubleValue()
                                - estimate.path("low").doubleValue())
                        / (2 * HALF_WIDTH);
                variance =
                        Math.max(variance, error * error * report.path("rows").asLong());
            }
        }
        if (!(variance > 0)) {
            throw new IOException("the trainer's result has no interval of '" + payOff + "' on the test rows");
        }
        JsonNode rule = document.path("metrics").path(payOff);
        Path manifest = path.toAbsolutePath()
                .resolveSibling(document.path("gates").path("champion").asText())
                .resolve("manifest.json");
        return new GateFindings(
                payOff,
                figures.path("gain").doubleValue(),
                figures.path("low").doubleValue(),
                figures.path("high").doubleValue(),
                variance,
                Math.max(
                        Math.abs(rule.path("right").asDouble()),
                        Math.abs(rule.path("wrong").asDouble())),
                Json.read(Files.readAllBytes(manifest), ModelManifest.class).version());
    }
}
