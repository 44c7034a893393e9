package dev.ringside.app.demo;

import dev.ringside.contract.model.Digests;
import java.nio.charset.StandardCharsets;

/**
 * The number from which all of the demo's chance follows, so that two runs assign, train and crash alike.
 *
 * @param value the number
 */
record Seed(long value) {
    private static final int DIGITS = 32;

    /** 32 hexadecimal digits for one purpose: a salt, or the installation's key. */
    String digits(String purpose) {
        String text = "ringside demo " + value + " " + purpose;
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
