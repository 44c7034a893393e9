package dev.ringside.training;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.GateResult;
import dev.ringside.contract.model.ModelManifest.Lineage;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.export.Exported;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.gate.Judgement;
import dev.ringside.training.gate.Verdict;
import dev.ringside.training.transfer.Transfer;
import java.util.Map;

/** Makes the manifest of a version that was trained. */
final class Manifests {
    private Manifests() {}

    /** What stands beside the file. */
    static ModelManifest of(
            TrainingConfiguration configuration,
            String dataSha256,
            Exported exported,
            Map<String, Double> metrics,
            Judgement judgement) {
        Transfer transfer = configuration.transfer();
        byte[] checkpoint = exported.checkpoint();
        return new ModelManifest(
                configuration.slot(),
                configuration.version(),
                "onnx",
                Digests.sha256(exported.onnx()),
                OnnxExporter.signature(
                        configuration.inputs(),
                        configuration.roles().label().scores(),
                        configuration.roles().others()),
                exported.parity().golden(),
                metrics,
                configuration.seed(),
                new Lineage(
                        dataSha256,
                        configuration.text(),
                        configuration.parent(),
                        transfer == null ? null : transfer.parent().sha256(),
                        checkpoint == null ? null : Digests.sha256(checkpoint),
                        Training.SOFTWARE,
                        configuration.source().log(),
                        judgement.verdicts().stream().map(Manifests::gate).toList()),
                null);
    }

    /** What a gate said, but for figures of time: the same training must give the same manifest. */
    private static GateResult gate(Verdict verdict) {
        boolean timed = verdict.figures().keySet().stream().anyMatch(figure -> figure.endsWith("_us"));
        return new GateResult(verdict.gate(), verdict instanceof Verdict.Passed, timed ? null : verdict.reason());
    }
}
