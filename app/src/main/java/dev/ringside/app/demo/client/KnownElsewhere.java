package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import java.util.List;

/** What the product service does not know of a flight, and others keep where the platform finds it. */
public interface KnownElsewhere {
    /** The service knows everything. */
    KnownElsewhere NOTHING = new KnownElsewhere() {
        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public void keep(Flights flights, int flight) {}
    };

    /** The inputs that the service does not send. */
    List<String> inputs();

    /**
     * They are kept, before the service asks about the flight.
     *
     * @throws ReplayFailure if they are not, for too long
     */
    void keep(Flights flights, int flight) throws ReplayFailure, InterruptedException;
}
