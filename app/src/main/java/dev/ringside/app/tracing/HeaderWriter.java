package dev.ringside.app.tracing;

/** Gives a question to another server a header. */
@FunctionalInterface
public interface HeaderWriter<C> {
    /** Sets a header. */
    void write(C question, String name, String value);
}
