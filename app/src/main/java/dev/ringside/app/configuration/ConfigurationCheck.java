package dev.ringside.app.configuration;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Spelling;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole configuration before anything starts, and lists every problem of it together: a value that cannot be
 * read, a rule that does not hold, a key that nothing reads.
 */
public final class ConfigurationCheck {
    private static final String ROOT = "ringside.";

    /** Between a key and its value in a complaint. */
    private static final String IS = "' is \"";

    /** What {@code RINGSIDE_URL} and other variables of the command line and the launcher look like here. */
    private static final Set<String> NOT_CONFIGURATION =
            Set.of("ringside.url", "ringside.api.key", "ringside.java.opts", "ringside.shared");

    /** How the configuration library complains of a value; the last part is what the value's reader says. */
    private static final Pattern UNREADABLE = Pattern.compile(
            "(?:[\\w.]+: )?SRCFG\\d+: The config property (\\S+) with the config value \"(.*)\" threw an Exception"
                    + " whilst being converted (?:SRCFG\\d+: )?(?:'': )?(.*)",
            Pattern.DOTALL);

    private static final Set<Class<?>> MEASURES =
            Set.of(short.class, int.class, long.class, OptionalInt.class, OptionalLong.class, Duration.class);

    /** How a duration may be written. */
    static final String DURATIONS = "250ms, 10s, 15m, 36h or 42d";

    private final List<Class<?>> mappings;

    /** @param mappings every configuration interface of the application */
    public ConfigurationCheck(List<Class<?>> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    /** The keys that are read, with their defaults; the empty text where there is none. */
    public Map<String, String> keys() {
        var keys = new TreeMap<String, String>();
        for (Class<?> mapping : mappings) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping)).forEach((name, property) -> {
                // A list has its own name, and one for its members.
                if (!property.isGroup() && !name.endsWith("[*]")) {
                    keys.put(name, property.hasDefaultValue() ? property.getDefaultValue() : "");
                }
            });
        }
        return keys;
    }

    /** The keys whose values are numbers or durations. */
    SortedSet<String> measures() {
        var measures = new TreeSet<String>();
        for (Class<?> mapping : mappings) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping)).forEach((name, property) -> {
                if (MEASURES.contains(property.getMethod().getReturnType())) {
                    measures.add(name);
                }
            });
        }
        return measures;
    }

    /**
     * Every problem of the configuration that system properties, the environment and a file make together.
     *
     * @param file a properties file; null for none
     * @throws InvalidInput if there is no such file
     */
    public List<String> problems(@Nullable Path file) throws IOException {
        return problems(sources(file));
    }

    /** Where the configuration comes from, the first one first: system properties, the environment, a file. */
    static SmallRyeConfigBuilder sources(@Nullable Path file) throws IOException {
        var builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addSystemSources();
        if (file != null) {
            InvalidInput.require(
                    Files.isRegularFile(file), "--config", "expected a file, found none at " + file.toAbsolutePath());
            builder.withSources(
                    new io.smallrye.config.PropertiesConfigSource(file.toUri().toURL(), 260));
        }
        return builder;
    }

    List<String> problems(SmallRyeConfigBuilder builder) {
        var problems = new ArrayList<String>();
        SmallRyeConfig plain =
                builder.withConverter(Duration.class, 200, new DurationReader()).build();
        for (Class<?> mapping : mappings) {
            try {
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(sources(plain))
                        .withConverter(Duration.class, 200, new DurationReader())
                        .withValidateUnknown(false)
                        .withMapping(mapping)
                        .build();
            } catch (ConfigValidationException e) {
                for (int i = 0; i < e.getProblemCount(); i++) {
                    problems.add(readable(e.getProblem(i).getMessage()));
                }
            }
        }
        Set<String> unreadable = problems.stream()
                .map(problem -> problem.substring(0, problem.indexOf(IS) + 1))
                .collect(Collectors.toSet());
        Bounds.OF.forEach((key, bounds) -> {
            if (!unreadable.contains("'" + key + "'")) {
                complaint(plain, key, bounds).ifPresent(problems::add);
            }
        });
        Set<String> known = keys().keySet();
        for (String name : plain.getPropertyNames()) {
            if (name.startsWith(ROOT) && !known.contains(name) && !NOT_CONFIGURATION.contains(name)) {
                problems.add("unknown key '" + name + "'; did you mean '" + nearest(name, known) + "'?");
            }
        }
        problems.sort(Comparator.naturalOrder());
        return problems;
    }

    private static String readable(String complaint) {
        Matcher unreadable = UNREADABLE.matcher(complaint);
        return unreadable.matches()
                ? "'" + unreadable.group(1) + IS + unreadable.group(2) + "\": " + unreadable.group(3)
                : complaint;
    }

    private static <T extends Comparable<T>> Optional<String> complaint(
            SmallRyeConfig config, String key, Bounds<T> bounds) {
        return config.getOptionalValue(key, bounds.type())
                .flatMap(bounds::complaint)
                .map(words -> "'" + key + IS + config.getConfigValue(key).getRawValue() + "\": " + words);
    }

    private static List<ConfigSource> sources(SmallRyeConfig config) {
        var sources = new ArrayList<ConfigSource>();
        config.getConfigSources().forEach(sources::add);
        return sources;
    }

    private static String nearest(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> Spelling.distance(name, k)))
                .orElse("");
    }

    /** Durations exactly as the running application reads them, with a complaint that says how to write one. */
    static final class DurationReader implements Converter<Duration> {
        private static final long serialVersionUID = 1L;

        @Override
        public Duration convert(String text) {
            try {
                return DurationConverter.parseDuration(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "expected a duration such as " + DURATIONS + ", found \"" + text + "\"", e);
            }
        }
    }
}
