package dev.ringside.app.demo.report;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.demo.flights.Warning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What nobody can know in life, where a flight gets one answer only: how much better the challenger is than the champion
 * over the same flights.
 */
public final class Truth {
    private final Flights flights;

    public Truth(Flights flights) {
        this.flights = flights;
    }

    /**
     * The mean of the challenger's value less the champion's over all flights of a region in some cohorts.
     *
     * @param from the start of the first cohort
     * @param until the end of the last
     * @param champion its probability by flight
     * @param challenger its probability by flight
     * @return null if there is no such flight
     */
    public @Nullable Double difference(
            String region, Instant from, Instant until, float[] champion, float[] challenger) {
        long count = 0;
        double sum = 0;
        for (int flight = 0; flight < flights.size(); flight++) {
            Instant departed = flights.departed(flight);
            if (flights.origin(flight).equals(region) && !departed.isBefore(from) && departed.isBefore(until)) {
                boolean late = flights.late(flight);
                sum += Warning.value(challenger[flight], late) - Warning.value(champion[flight], late);
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }
}
