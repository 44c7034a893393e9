package dev.ringside.app.meters;

import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters of one part. Whoever binds them has to hold them: a registry holds what it measures only weakly. */
public interface PartMeters extends MeterBinder {
    /** Binds meters for what has come since, and lets go of those for what is gone. */
    default void refresh() {}
}
