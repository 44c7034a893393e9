package dev.ringside.serving.catalog;

/** How far a version has come that was wanted. */
public sealed interface Standing {
    /** It answers. */
    record Serves() implements Standing {}

    /**
     * It does not answer yet.
     *
     * @param words what is being done
     */
    record UnderWay(String words) implements Standing {}

    /**
     * It will not answer, unless it is wanted again.
     *
     * @param reason begins with {@code failed to load}, or says that it takes too long
     */
    record Failed(String reason) implements Standing {}
}
