package dev.ringside.contract.kpi;

import dev.ringside.contract.InvalidInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for names that stand in URLs, topics' keys and files: of slots, versions, experiments, variants, KPIs. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    /**
     * Returns the name if it is one.
     *
     * @throws InvalidInput if it is empty, longer than 64, or has other characters than letters, digits, dot, dash and
     *     underscore
     */
    public static String check(String field, @Nullable String name) {
        if (name == null) {
            throw new InvalidInput(field, "missing: expected a name");
        }
        InvalidInput.require(
                NAME.matcher(name).matches(),
                field,
                "expected 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit, found \"" + name
                        + "\"");
        return name;
    }
}
