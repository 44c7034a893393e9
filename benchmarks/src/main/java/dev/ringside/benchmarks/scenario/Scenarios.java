package dev.ringside.benchmarks.scenario;

import dev.ringside.contract.InvalidInput;
import java.util.List;
import java.util.stream.Stream;

/** All scenarios, in the order of the report. */
public final class Scenarios {
    private static final List<Scenario> ALL = Stream.of(
                    Proportions.all(), Amounts.all(), Changes.all(), Guardrails.all(), Regions.all(), Broken.all())
            .flatMap(List::stream)
            .toList();

    private static final List<NoWorse> NO_WORSE = List.of(new NoWorse(
            "ramp-9-1-week-then-1-1",
            "ramp-week-thrown-away",
            1,
            "a 9:1 ramp week costs nothing against throwing it away"));

    private Scenarios() {}

    /** Every one. */
    public static List<Scenario> all() {
        return ALL;
    }

    /** What is promised of two of them together. */
    public static List<NoWorse> noWorse() {
        return NO_WORSE;
    }

    /**
     * Those whose name is one of these, or begins with one of them.
     *
     * @throws InvalidInput if one fits none
     */
    public static List<Scenario> named(List<String> names) {
        for (String name : names) {
            if (ALL.stream().noneMatch(scenario -> scenario.name().startsWith(name))) {
                throw new InvalidInput(
                        "--scenario",
                        "expected the name of a scenario or its beginning, found '" + name + "'; there are "
                                + String.join(
                                        ", ", ALL.stream().map(Scenario::name).toList()));
            }
        }
        return ALL.stream()
                .filter(scenario -> names.stream().anyMatch(scenario.name()::startsWith))
                .toList();
    }
}
