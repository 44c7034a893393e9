package dev.ringside.training;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class PackagesTest {
    @Test
    void packagesFormNoCircle() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ringside.training");

        SlicesRuleDefinition.slices()
                .matching("dev.ringside.training.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
