package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.TextRules;
import dev.ringside.contract.kpi.Names;
import org.jspecify.annotations.Nullable;

/**
 * A place whose units all get the champion.
 *
 * @param slot a slot's name; {@value #ALL} for every slot
 * @param segment a segment's name; {@value #ALL} for every segment
 * @param by who forces it, if they said
 * @param why in words, for those who come later
 */
public record Forced(
        String slot,
        String segment,
        @Nullable String by,
        @Nullable String why) {
    /** Stands for every name. */
    public static final String ALL = "*";

    private static final int LONGEST = 200;

    /** Checks the names. */
    public Forced {
        InvalidInput.require(
                slot != null && !slot.isBlank(), "slot", "missing: expected a slot's name, or \"*\" for every slot");
        InvalidInput.require(
                segment != null && !segment.isBlank(),
                "segment",
                "missing: expected a segment's name, or \"*\" for every segment");
        requireName("slot", slot);
        requireName("segment", segment);
        InvalidInput.require(
                by == null
                        || (!by.isBlank()
                                && by.length() <= LONGEST
                                && by.chars().noneMatch(Character::isISOControl)),
                "by",
                "expected a name of 1 to " + LONGEST
                        + " printable characters (over HTTP the header X-Ringside-Actor), found \"" + by + "\"");
        if (by != null) {
            TextRules.check("by", by, "break-glass order");
        }
        if (why != null) {
            TextRules.check("why", why, "break-glass order");
        }
    }

    /** Any other name would never match a request. */
    private static void requireName(String field, String name) {
        if (!name.equals(ALL)) {
            Names.check(field, name);
        }
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
