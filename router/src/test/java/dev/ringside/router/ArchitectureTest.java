package dev.ringside.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses router = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ringside.router");

    @Test
    void theDomainIsPlainJava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..route..",
                        "..protection..",
                        "..exposure..",
                        "..feature..",
                        "..limit..",
                        "..cache..",
                        "..circuit..",
                        "..digest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.smallrye..", "org.eclipse..", "org.apache..")
                .check(router);
    }

    @Test
    void exposureAndProtectionKnowNothingOfRouting() {
        noClasses()
                .that()
                .resideInAnyPackage("..protection..", "..exposure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ringside.router.route..", "dev.ringside.assignment..")
                .check(router);
    }
}
