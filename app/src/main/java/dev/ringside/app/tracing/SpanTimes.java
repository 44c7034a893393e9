package dev.ringside.app.tracing;

import java.util.function.LongSupplier;

/**
 * The times of the spans of one request, in nanoseconds since 1970: those of a clock that only goes forward, so that what is
 * within a request never seems to lie outside.
 *
 * @param ticker the clock
 * @param ahead how far the wall's was ahead of it when the request came
 */
record SpanTimes(LongSupplier ticker, long ahead) {
    long now() {
        return of(ticker.getAsLong());
    }

    long of(long tick) {
        return tick + ahead;
    }
}
