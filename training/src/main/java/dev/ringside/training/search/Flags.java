package dev.ringside.training.search;

import dev.ringside.training.configuration.Section;

/** Reads fields that are true or false. */
final class Flags {
    private Flags() {}

    /** The field's value; the stand-in where it is missing or, with a note, wrong. */
    static boolean read(Section section, String field, boolean standIn) {
        String found = section.optionalText(field);
        if (found == null) {
            return standIn;
        }
        if (!found.equals("true") && !found.equals("false")) {
            section.problem(field, "expected true or false, found " + found);
            return standIn;
        }
        return found.equals("true");
    }
}
