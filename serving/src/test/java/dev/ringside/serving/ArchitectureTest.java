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
    void onlyItsEngineKnowsOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ringside.serving.engine.onnx")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void theCatalogKnowsNoEngineByName() {
        noClasses()
                .that()
                .resideInAPackage("dev.ringside.serving.catalog")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ringside.serving.engine.*..")
                .check(CLASSES);
    }
}
