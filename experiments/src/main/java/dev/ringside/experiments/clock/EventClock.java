package dev.ringside.experiments.clock;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The time that events carry now. Deadlines and the age of reports never go by it: they are wall clock, always. */
public sealed interface EventClock {

    /** The time, in whole milliseconds; null while a replay's clock has not been set. */
    @Nullable
    Instant now(Tx tx);

    /**
     * The time.
     *
     * @throws Refusal if a replay's clock has not been set
     */
    default Instant require(Tx tx) {
        Instant now = now(tx);
        if (now == null) {
            throw Refusal.conflict("the replay's clock has not been set; POST /api/clock {\"time\": …} first");
        }
        return now;
    }

    /** Events carry the machine's time. */
    record Wall(Clock clock) implements EventClock {
        @Override
        public Instant now(Tx tx) {
            return clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Events carry the time that a replay's client sets, step by step. */
    record Replay() implements EventClock {
        @Override
        public @Nullable Instant now(Tx tx) {
            return tx.one("SELECT time FROM replay_clock", c -> c.instant("time"))
                    .orElse(null);
        }

        /**
         * Sets the time; the same again changes nothing.
         *
         * @throws Refusal if it is before the time that was set last
         */
        public void set(Tx tx, Instant time) {
            Instant now = now(tx);
            if (now != null && time.isBefore(now)) {
                throw Refusal.conflict("'time': the clock stands at " + now + " and never goes back, found " + time);
            }
            tx.update(
                    "INSERT INTO replay_clock (time) VALUES (?) ON CONFLICT (only_one) DO UPDATE SET time = excluded.time",
                    time);
        }
    }
}
