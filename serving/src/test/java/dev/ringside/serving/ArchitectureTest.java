package dev.ringside.serving;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ringside.serving");

    @Test
    void noEngineIsKnownByName() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ringside.engine.*..", "ai.onnxruntime..")
                .check(CLASSES);
    }
}
