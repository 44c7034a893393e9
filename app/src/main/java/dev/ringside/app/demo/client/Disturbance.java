package dev.ringside.app.demo.client;

import java.time.LocalDate;

/** Something that happens to the platform while a day's steps are sent. */
@FunctionalInterface
public interface Disturbance {
    /** Nothing happens. */
    Disturbance NONE = (day, step) -> {};

    /**
     * Happens before a step is sent; steps before it may be under way, others follow meanwhile.
     *
     * @param day the event day
     * @param step the number of the step in it, from 0
     */
    void before(LocalDate day, int step) throws Exception;
}
