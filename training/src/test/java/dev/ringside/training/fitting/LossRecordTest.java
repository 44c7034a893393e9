package dev.ringside.training.fitting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.InMemoryCheckpoints;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.LossHistory;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossRecordTest {
    private static final Examples TRAIN = rows(1, 400);
    private static final Examples VALIDATION = rows(2, 100);
    private static final Learner LEARNER = new NetworkLearner(
            new NetworkSettings(List.of(4), Activation.Kind.RELU, false, false, 0, 0.02, 0, 0, 64, 6, 6),
            new Target.Probability());

    private static Examples rows(long seed, int rows) {
        var random = new Random(seed);
        float[] values = new float[rows];
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = (float) random.nextGaussian();
            targets[i] = values[i] + random.nextGaussian() > 0 ? 1 : 0;
        }
        return new Examples(
                new Encoded(rows, List.of(new Part.Numbers(1)), List.of(new Block.Dense(1, values))), targets, null);
    }

    private static LossRecord watched(InMemoryCheckpoints checkpoints, int end) {
        var record = new LossRecord((epoch, _, _, _) -> {
            if (epoch == end) {
                throw new IllegalStateException("ended");
            }
        });
        LEARNER.fit(TRAIN, VALIDATION, new RunContext(5, record.within("member-1"), checkpoints));
        return record;
    }

    private static List<LossHistory.Pass> losses(LossRecord record) {
        assertEquals(Set.of("member-1"), record.kept().keySet());
        return record.kept().get("member-1").passes();
    }

    @Test
    void aFittingThatWasEndedAndGoesOnTellsTheLossesOfAllItsPasses() {
        List<LossHistory.Pass> whole = losses(watched(new InMemoryCheckpoints(), -1));
        var checkpoints = new InMemoryCheckpoints();
        assertThrows(IllegalStateException.class, () -> watched(checkpoints, 4));

        assertEquals(6, whole.size());
        assertEquals(whole, losses(watched(checkpoints, -1)));
        assertEquals(whole, losses(watched(checkpoints, -1)), "of one that was done");
    }

    @Test
    void fittingsWithinOthersHaveTheirPlaces() {
        var record = new LossRecord((_, _, _, _) -> {});
        var run = new RunContext(1, record);
        var losses = new LossHistory();
        losses.add(0.5, null);

        run.epochs().fitted(losses);
        run.derived("fold", 2).at("stopped").epochs().fitted(losses);
        run.at("refit").epochs().fitted(new LossHistory());

        assertEquals(List.of("", "fold-2/stopped"), List.copyOf(record.kept().keySet()));
    }

    @Test
    void aTableIsReadAsItWasWritten() {
        SequencedMap<String, LossHistory> all = new LinkedHashMap<>();
        all.put("", new LossHistory());
        all.get("").add(0.1 + 0.2, 1 / 3.0);
        all.get("").add(1e-300, null);
        all.put("member-1/refit", new LossHistory());
        all.get("member-1/refit").add(2, null);

        String table = LossTable.write(all);

        assertEquals("""
                fitting,pass,training,validation
                ,1,0.30000000000000004,0.3333333333333333
                ,2,1.0E-300,
                member-1/refit,1,2.0,
                """, table);
        SequencedMap<String, LossHistory> read = LossTable.read(table);
        assertEquals(List.copyOf(all.keySet()), List.copyOf(read.keySet()));
        all.forEach(
                (place, losses) -> assertEquals(losses.passes(), read.get(place).passes()));
    }
}
