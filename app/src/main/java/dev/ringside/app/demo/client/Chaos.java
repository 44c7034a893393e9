package dev.ringside.app.demo.client;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** A crash of the whole platform at moments that follow from a seed, each in the middle of a day's steps. */
final class Chaos implements Disturbance {
    private final Map<LocalDate, Integer> moments;
    private final Callable<?> crash;

    private Chaos(Map<LocalDate, Integer> moments, Callable<?> crash) {
        this.moments = Map.copyOf(moments);
        this.crash = crash;
    }

    /**
     * Chooses the moments: on as many different days, each between a quarter and three quarters of the day's steps.
     *
     * @param crash kills the platform and starts it again
     */
    static Chaos of(long seed, int crashes, List<DayPlan> days, Callable<?> crash) {
        List<DayPlan> busy = days.stream().filter(day -> day.questions() > 0).toList();
        var random = new SplittableRandom(seed);
        var moments = new HashMap<LocalDate, Integer>();
        while (moments.size() < Math.min(crashes, busy.size())) {
            DayPlan day = busy.get(random.nextInt(busy.size()));
            int steps = day.steps().size();
            moments.putIfAbsent(day.day(), steps / 4 + random.nextInt(steps / 2 + 1));
        }
        return new Chaos(moments, crash);
    }

    Map<LocalDate, Integer> moments() {
        return moments;
    }

    @Override
    public void before(LocalDate day, int step) throws Exception {
        if (Integer.valueOf(step).equals(moments.get(day))) {
            crash.call();
        }
    }
}
