package dev.ringside.training.gate;

import dev.ringside.training.dataset.Label;
import dev.ringside.training.evaluation.Bootstrap;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which gates a document asks for. That a model of a yes or no, or of classes, orders rows better than chance, that one of a
 * number tells more than the mean, and that the exported file scores as the trained model does, is asked of every one.
 *
 * @param champion the folder of the version to be compared with; null for none
 * @param margin how much worse than the champion the AUC, or the mean loss of what is no yes or no, and each pay-off, may be
 * @param segmentMargin how much worse the AUC, or the mean loss, of a segment may be; null where segments are not asked
 * @param calibration the calibration error at most; null where it is not asked
 * @param bytes size of the file at most; null where it is not asked
 * @param latency of 99 of 100 calls with one row at most; null where it is not asked
 * @param offPolicy how the test part is taken for the log of another policy; null where it is none
 */
public record GateSettings(
        @Nullable Path champion,
        double margin,
        @Nullable Double segmentMargin,
        @Nullable Double calibration,
        @Nullable Long bytes,
        @Nullable Duration latency,
        @Nullable OffPolicySettings offPolicy) {
    private static final double LEVEL = 0.95;
    private static final int LEAST_ROWS = 200;

    /** What is asked where a document says nothing. */
    public static GateSettings none() {
        return new GateSettings(null, 0, null, null, null, null, null);
    }

    /**
     * The gates.
     *
     * @param label what kind of label it is
     * @param payOffs what acting on scores is worth
     * @param tolerance the greatest difference of a score between file and model
     */
    public Gates gates(Label.Kind label, List<PayOff> payOffs, double tolerance) {
        boolean binary = label == Label.Kind.BINARY;
        List<Gate> gates = new ArrayList<>();
        gates.add(new ExportGate.Parity(tolerance));
        if (label != Label.Kind.NUMBER) {
            gates.add(AboveChance.standard());
        }
        if (label == Label.Kind.NUMBER) {
            gates.add(AboveMean.standard());
        }
        if (champion != null) {
            gates.add(champion(binary, margin));
            payOffs.forEach(payOff -> gates.add(new ChampionGate.Worth(payOff, margin, Bootstrap.seeded(0))));
            if (segmentMargin != null) {
                gates.add(new EachSegment(champion(binary, segmentMargin), LEAST_ROWS));
            }
        }
        if (calibration != null) {
            gates.add(new CalibrationLimit(calibration));
        }
        if (bytes != null) {
            gates.add(new ExportGate.Size(bytes));
        }
        if (latency != null) {
            gates.add(new ExportGate.Latency(latency));
        }
        if (offPolicy != null) {
            gates.add(new OffPolicyGain(offPolicy.margin()));
        }
        return new Gates(gates);
    }

    private static ChampionGate champion(boolean binary, double margin) {
        return binary ? new ChampionGate.Area(margin, LEVEL) : new ChampionGate.Loss(margin, Bootstrap.seeded(0));
    }
}
