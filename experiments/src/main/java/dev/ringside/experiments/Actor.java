package dev.ringside.experiments;

import dev.ringside.contract.InvalidInput;

/**
 * Who does something.
 *
 * @param name a person's name, or {@code policy} for decisions that the system makes
 * @param verified whether the name was proven; a name that a client only claims is not
 */
public record Actor(String name, boolean verified) {
    /** The system itself, deciding by an experiment's registered design. */
    public static final Actor POLICY = new Actor("policy", true);

    private static final int LONGEST = 200;

    /** Checks the name. */
    public Actor {
        InvalidInput.require(
                !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl),
                "X-Ringside-Actor",
                "expected a name of 1 to " + LONGEST + " printable characters, found \"" + name + "\"");
    }

    /** Somebody who has proven that this is their name. */
    public static Actor proven(String name) {
        return new Actor(name, true);
    }

    /** Somebody who says that this is their name. */
    public static Actor claimed(String name) {
        return new Actor(name.strip(), false);
    }
}
