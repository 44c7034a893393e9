package dev.ringside.app.terminal;

/** Long work that shows how far it is. */
public interface Progress extends AutoCloseable {
    /**
     * Says how far the work is.
     *
     * @param done of the total
     * @param note what it is at
     */
    void at(long done, String note);

    /** Ends the display. */
    @Override
    void close();
}
