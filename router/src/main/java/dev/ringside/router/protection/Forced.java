package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * A place whose units all get the champion.
 *
 * @param slot a slot's name; {@value #ALL} for every slot
 * @param segment a segment's name; {@value #ALL} for every segment
 * @param why in words, for those who come later
 */
public record Forced(String slot, String segment, @Nullable String why) {
    /** Stands for every name. */
    public static final String ALL = "*";

    /** Checks that both names are there. */
    public Forced {
        InvalidInput.require(
                slot != null && !slot.isBlank(), "slot", "missing: expected a slot's name, or \"*\" for every slot");
        InvalidInput.require(
                segment != null && !segment.isBlank(),
                "segment",
                "missing: expected a segment's name, or \"*\" for every segment");
    }

    /** Whether both speak of the same place. */
    boolean samePlace(Forced other) {
        return slot.equals(other.slot) && segment.equals(other.segment);
    }

    /** {@code slot/segment}. */
    public String place() {
        return slot + "/" + segment;
    }
}
