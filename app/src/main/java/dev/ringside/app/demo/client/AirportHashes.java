package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.redis.RedisHashes;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;

/** What airports know of a flight, a hash in Redis for each. While Redis is away it is tried again. */
public final class AirportHashes implements KnownElsewhere {
    /** The key, as a slot writes it. */
    public static final String KEY = "flight:{unit}";

    private static final String PREFIX = KEY.substring(0, KEY.indexOf('{'));
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RedisHashes hashes;
    private final List<String> inputs;
    private final Duration patience;

    /** @param patience how long one hash is tried */
    public AirportHashes(RedisHashes hashes, List<String> inputs, Duration patience) {
        this.hashes = hashes;
        this.inputs = List.copyOf(inputs);
        this.patience = patience;
    }

    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public void keep(Flights flights, int flight) throws ReplayFailure, InterruptedException {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                hashes.put(PREFIX + flights.unit(flight), flights.texts(flight, inputs));
                return;
            } catch (RedisException e) {
                if (System.nanoTime() > giveUp) {
                    throw new ReplayFailure(
                            "Redis did not take the features of a flight within " + patience.toSeconds() + " s: "
                                    + e.getMessage(),
                            e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
