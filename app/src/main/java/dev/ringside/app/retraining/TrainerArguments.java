package dev.ringside.app.retraining;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the trainer is told, as far as it must be known before it starts.
 *
 * @param all its arguments
 */
public record TrainerArguments(List<String> all) {
    private static final Set<String> WORDS = Set.of("--help", "-h", "--version", "-V");
    private static final String SCHEMA = "--write-schema";

    public TrainerArguments {
        all = List.copyOf(all);
    }

    /** The document: the first YAML file that is no option's value; null if there is none. */
    public @Nullable Path document() {
        for (int i = 0; i < all.size(); i++) {
            String argument = all.get(i).toLowerCase(Locale.ROOT);
            boolean yaml = argument.endsWith(".yaml") || argument.endsWith(".yml");
            if (yaml && !argument.startsWith("-") && (i == 0 || !all.get(i - 1).equals(SCHEMA))) {
                return Path.of(all.get(i));
            }
        }
        return null;
    }

    /** An option's value; null if it is not there. */
    public @Nullable String value(String option) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith(option + "=")) {
                return all.get(i).substring(option.length() + 1);
            }
            if (all.get(i).equals(option) && i + 1 < all.size()) {
                return all.get(i + 1);
            }
        }
        return null;
    }

    /** Whether only help or the version is asked for. */
    public boolean asksForWords() {
        return all.stream().anyMatch(WORDS::contains);
    }
}
