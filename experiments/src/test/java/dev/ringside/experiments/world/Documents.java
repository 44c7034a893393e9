package dev.ringside.experiments.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import java.util.List;
import java.util.Map;

/** What people and trainers write, as small as it can be. */
public final class Documents {
    public static final String SIGNATURE = """
            inputs: [{name: distance, datatype: FP32, shape: [-1, 1]}]
            outputs: [{name: score, datatype: FP32, shape: [-1, 1]}]
            """;

    private Documents() {}

    public static JsonNode yaml(String text) {
        return Json.readYaml(text, JsonNode.class);
    }

    /** An experiment of v2 against the champion, by one proportion whose cohorts close two days after their end. */
    public static String experimentYaml(String waves) {
        return """
               slot: eta
               waves: %s
               arms: [{variant: champion}, {variant: challenger, version: v2}]
               salt: abc
               kpis:
                 - {name: booked, kind: proportion, role: primary, window: 36h, grace: 12h, minimum_effect: 0.02}
               """.formatted(waves);
    }

    public static ModelManifest manifest(String slot, String version, String sha256) {
        return new ModelManifest(
                slot,
                version,
                "onnx",
                sha256,
                Json.readYaml(SIGNATURE, Signature.class),
                List.of(),
                Map.of("test_auc", 0.7),
                42L,
                new ModelManifest.Lineage("0".repeat(64), "epochs: 3", null, "test"),
                null);
    }
}
