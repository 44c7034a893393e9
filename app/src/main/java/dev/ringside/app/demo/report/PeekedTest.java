package dev.ringside.app.demo.report;

import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.demo.flights.Warning;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What someone would have concluded who looks each day, and believes the first two-sided Welch test with p below .05: the
 * habit that the platform replaces.
 */
public final class PeekedTest {
    private static final double LEVEL = 0.05;
    private static final String CONTROL = "champion";

    private final Flights flights;
    private final Answers answers;

    public PeekedTest(Flights flights, Answers answers) {
        this.flights = flights;
        this.answers = answers;
    }

    /**
     * The day on which it would have spoken.
     *
     * @param day the event day
     * @param sign 1 for a challenger that is better, −1 for one that is worse
     * @param pValue its p
     */
    public record Signal(LocalDate day, int sign, double pValue) {}

    /** The first signal on the outcomes of a region's arms known at the end of each day; null if there was none. */
    public @Nullable Signal first(String experiment, String region) {
        Map<LocalDate, List<Integer>> known = new TreeMap<>();
        for (int flight = 0; flight < flights.size(); flight++) {
            if (flights.origin(flight).equals(region) && experiment.equals(answers.experiment(flight))) {
                LocalDate day = flights.landed(flight).atOffset(ZoneOffset.UTC).toLocalDate();
                known.computeIfAbsent(day, d -> new ArrayList<>()).add(flight);
            }
        }
        var champion = new Sample();
        var challenger = new Sample();
        for (Map.Entry<LocalDate, List<Integer>> day : known.entrySet()) {
            for (int flight : day.getValue()) {
                Sample arm = CONTROL.equals(answers.variant(flight)) ? champion : challenger;
                arm.add(Warning.value(answers.probability(flight), flights.late(flight)));
            }
            Sample.Welch test = champion.compare(challenger);
            if (test != null && test.pValue() < LEVEL) {
                return new Signal(day.getKey(), test.difference() > 0 ? 1 : -1, test.pValue());
            }
        }
        return null;
    }
}
