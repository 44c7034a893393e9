package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A random world: definitions of several experiments and epochs, and everything that ever happened to some units. Times
 * are drawn from few values near the windows' edges, so that ties and exact limits are common.
 */
record World(List<EpochDefinition> definitions, List<Prediction> predictions, List<Outcome> outcomes) {
    static final Instant START = Instant.parse("2001-04-01T00:00:00Z");

    static World random(long seed, int units) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var definitions = List.of(
                definition(random, "alpha", 1, "eta"),
                definition(random, "alpha", 2, "eta"),
                definition(random, "alpha", 3, "eta"),
                definition(random, "beta", 1, "price"));
        var predictions = new ArrayList<Prediction>();
        var outcomes = new ArrayList<Outcome>();
        for (int u = 0; u < units; u++) {
            String unit = "unit-" + u;
            long hash = random.nextLong();
            Instant around = START.plus(random.nextInt(0, 6 * 24), java.time.temporal.ChronoUnit.HOURS);
            if (random.nextInt(20) == 0) {
                around = around.minus(Duration.ofDays(random.nextInt(28, 33)));
            }
            List<Instant> seen = new ArrayList<>();
            for (int p = random.nextInt(5); p > 0; p--) {
                Prediction prediction = prediction(random, unit, hash, around);
                predictions.add(prediction);
                seen.add(prediction.time());
            }
            if (seen.isEmpty() || random.nextInt(5) == 0) {
                seen.add(around);
            }
            for (int o = random.nextInt(8); o > 0; o--) {
                Outcome outcome = outcome(random, unit, hash, pick(random, seen));
                outcomes.add(outcome);
                if (random.nextInt(6) == 0) {
                    outcomes.add(outcome);
                }
            }
        }
        return new World(definitions, predictions, outcomes);
    }

    private static EpochDefinition definition(RandomGenerator random, String name, int epoch, String slot) {
        var kpis = new ArrayList<KpiDefinition>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            Kind kind = pick(random, List.of(Kind.values()));
            kpis.add(new KpiDefinition(
                    "kpi-" + k,
                    kind,
                    pick(random, List.of("late", "value")),
                    kind == Kind.PROPORTION
                            ? pick(random, List.of(Combine.ANY, Combine.MAX))
                            : pick(random, List.of(Combine.values())),
                    pick(random, List.of(Missing.values())),
                    Duration.ofMinutes(pick(random, List.of(20, 60, 360, 2160, 4320))),
                    Duration.ofMinutes(pick(random, List.of(0, 30, 720))),
                    Direction.UP,
                    Role.MONITOR,
                    null,
                    0.8,
                    null,
                    random.nextInt(3) == 0 ? 1.5 : null,
                    null));
        }
        return new EpochDefinition(name, epoch, slot, List.of("champion", "challenger"), kpis);
    }

    private static Prediction prediction(RandomGenerator random, String unit, long hash, Instant around) {
        Instant time = around.plus(offset(random));
        boolean covered = random.nextInt(8) != 0;
        boolean alpha = random.nextInt(4) != 0;
        int epoch = alpha ? pick(random, List.of(1, 1, 1, 2, 2, 3)) : 1;
        String assigned = pick(random, List.of("v1", "v2"));
        return new Prediction(
                PredictionId.of(time, hash, random.nextLong()),
                unit,
                time,
                alpha ? "eta" : "price",
                pick(random, List.of("SLC", "BNA")),
                covered ? (alpha ? "alpha" : "beta") : null,
                covered ? epoch : null,
                covered ? pick(random, List.of("champion", "challenger")) : null,
                assigned,
                random.nextInt(6) == 0 ? "v0" : assigned,
                0.5,
                null,
                null,
                null,
                null,
                pick(random, List.of("router-a", "router-b")),
                1,
                0);
    }

    private static Outcome outcome(RandomGenerator random, String unit, long hash, Instant seen) {
        Instant time = seen.plus(offset(random)).minusSeconds(pick(random, List.of(0, 0, 5, 6)));
        Instant receivedAt = time.plus(random.nextInt(5) == 0 ? offset(random).multipliedBy(3) : offset(random))
                .minusSeconds(pick(random, List.of(0, 0, 0, 5)));
        receivedAt = receivedAt.isBefore(time.minusSeconds(5)) ? time.minusSeconds(5) : receivedAt;
        boolean byPrediction = random.nextBoolean();
        return new Outcome(
                unit + "/" + random.nextInt(4),
                random.nextInt(3) == 0 ? random.nextInt(3) : 0,
                random.nextInt(12) == 0,
                hash,
                byPrediction ? null : unit,
                byPrediction ? PredictionId.of(time, hash, random.nextLong()) : null,
                pick(random, List.of("late", "value")),
                random.nextInt(-2, 5) * 750_000L,
                time,
                receivedAt,
                pick(random, List.of("ingest-a", "ingest-b")));
    }

    /** Mostly within a day, on few values, some of them exactly a window long. */
    private static Duration offset(RandomGenerator random) {
        long minutes = pick(random, List.of(0, 0, 1, 20, 30, 50, 60, 360, 720, 1440, 2160, 2880, 4320));
        return Duration.ofMinutes(minutes).plusNanos(random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 0);
    }

    static <T> T pick(RandomGenerator random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The writer of an event. */
    static String writer(dev.ringside.contract.event.UnitEvent event) {
        return switch (event) {
            case Prediction p -> p.router();
            case Outcome o -> o.ingest();
            case Mark m -> m.writer();
        };
    }
}
