package dev.ringside.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows that ARCHITECTURE.md draws. */
class ArchitectureTest {
    private static final Path HOME = Path.of(System.getProperty("ringside.home", "../.."));

    /** What each module may know. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("contract", Set.of()),
            Map.entry("grpc", Set.of()),
            Map.entry("assignment", Set.of("contract")),
            Map.entry("experiments", Set.of("contract", "assignment")),
            Map.entry("benchmarks", Set.of("contract", "assignment", "experiments", "engine", "serving")),
            Map.entry("engine", Set.of("contract")),
            Map.entry("serving", Set.of("contract", "engine")),
            Map.entry("router", Set.of("contract", "assignment")),
            Map.entry("metrics", Set.of("contract")),
            Map.entry("training", Set.of("contract")),
            Map.entry("broker", Set.of()),
            Map.entry("torchscript", Set.of("contract")),
            Map.entry(
                    "app",
                    Set.of(
                            "contract",
                            "grpc",
                            "assignment",
                            "experiments",
                            "benchmarks",
                            "engine",
                            "serving",
                            "router",
                            "metrics")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(ARROWS.keySet().stream()
                    .map(module -> HOME.resolve(module).resolve("target/classes"))
                    .toList());

    static List<String> modules() {
        return ARROWS.keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsOnlyTheModulesItMayKnow(String module) {
        String[] forbidden = ARROWS.keySet().stream()
                .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
                .map(other -> "dev.ringside." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.ringside." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
    }

    @Test
    void theClassesOfEveryModuleAreLookedAt() {
        List<String> unseen = modules().stream()
                .filter(module ->
                        CLASSES.stream().noneMatch(c -> c.getPackageName().startsWith("dev.ringside." + module)))
                .toList();
        assertEquals(List.of(), unseen, "not compiled");
    }

    /** Each package by itself, those within a module and those of different modules alike. */
    @Test
    void noPackagesFormACircle() {
        slices().matching("dev.ringside.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void domainCodeIsHandedItsClockItsRandomnessAndItsIds() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ringside.app..", "dev.ringside.training", "dev.ringside.broker..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Random.class)
                .check(CLASSES);
    }

    @Test
    void libraryModulesDoNotKnowTheApplicationServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ringside.contract..",
                        "dev.ringside.assignment..",
                        "dev.ringside.engine..",
                        "dev.ringside.serving..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
        Pattern empty = Pattern.compile(".*(Impl|Util|Utils|Helper|Manager|Common)");
        List<String> found = CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> empty.matcher(name).matches())
                .toList();
        assertEquals(List.of(), found);
    }

    @Test
    void everyClassThatTheArchitecturePageNamesExists() throws IOException {
        String page = Files.readString(HOME.resolve("ARCHITECTURE.md"));
        Set<String> named = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:\\.[A-Z][A-Za-z0-9]+)?)`")
                .matcher(page)
                .results()
                .map((MatchResult m) -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> existing = CLASSES.stream()
                .flatMap(c -> List.of(
                        c.getSimpleName(),
                        c.getName().substring(c.getPackageName().length() + 1).replace('$', '.'))
                        .stream())
                .collect(Collectors.toSet());
        var missing = new ArrayList<String>();
        for (String name : named) {
            if (!existing.contains(name)) {
                missing.add(name);
            }
        }
        assertFalse(named.isEmpty(), "ARCHITECTURE.md names no class");
        assertEquals(List.of(), missing, "named in ARCHITECTURE.md, but not there");
    }
}
