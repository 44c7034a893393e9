package dev.ringside.router.exposure;

import dev.ringside.contract.InvalidInput;

/**
 * Who writes: an id that is kept from start to start, and a number that counts the starts. No two processes may be one
 * writer at a time, and no start may have the number of an earlier one.
 */
public record Writer(String id, long boot) {
    /** Checks both. */
    public Writer {
        InvalidInput.require(!id.isBlank(), "id", "missing");
        InvalidInput.require(boot >= 1, "boot", "expected 1 or more, found " + boot);
    }
}
