package dev.ringside.serving.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path outside;

    private Path root;
    private ModelFolder folder;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(outside.resolve("models"));
        folder = new ModelFolder(root);
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, path);
    }

    private FoundModel only() throws IOException {
        List<FoundModel> models = folder.scan();
        assertEquals(1, models.size(), models::toString);
        return models.getFirst();
    }

    private String reason(String version) throws IOException {
        return assertInstanceOf(FoundModel.Unusable.class, only().version(version))
                .reason();
    }

    private static String digest(FoundModel model, String version) {
        return assertInstanceOf(FoundModel.Usable.class, model.version(version)).digest();
    }

    @Test
    void modelsAndTheirVersionsAreFoundAndNothingElseIs() throws IOException {
        file("b/1/model.onnx");
        file("b/12/model.onnx");
        file("b/beta/model.onnx");
        file("b/notes/readme.txt");
        file("b/config.pbtxt");
        file("a/2/model.onnx");
        file(".git/1/model.onnx");
        file("README.md");

        assertEquals(
                List.of("a", "b"), folder.scan().stream().map(FoundModel::name).toList());
        assertEquals(
                Set.of("1", "12", "beta"),
                folder.find("b").orElseThrow().versions().keySet());
        assertTrue(folder.find("c").isEmpty());
        assertTrue(folder.find(".git").isEmpty());
        assertTrue(folder.find("../models/a").isEmpty());
        assertTrue(folder.find("b/1").isEmpty());
    }

    @Test
    void aFileHasTheFormatThatItsNameOrTheSettingsSay() throws IOException {
        file("fare/1/model.onnx");
        file("fare/2/model.pt");
        file("fare/3/model.pt");
        file("fare/3/model.onnx");

        assertEquals(FileFormat.ONNX, format("fare", "1"));
        assertEquals(FileFormat.TORCHSCRIPT, format("fare", "2"));
        assertEquals(FileFormat.ONNX, format("fare", "3"));

        Files.writeString(root.resolve("fare/config.yaml"), "backend: pytorch");
        assertEquals(FileFormat.TORCHSCRIPT, format("fare", "3"));
        assertEquals("expected the file model.pt in fare/1, found [model.onnx]", reason("1"));

        file("tip/1/net.pt");
        Files.writeString(root.resolve("tip/config.yaml"), "default_model_filename: net.pt");
        assertEquals(FileFormat.TORCHSCRIPT, format("tip", "1"));
    }

    private FileFormat format(String model, String version) {
        return folder.find(model).orElseThrow().version(version) instanceof FoundModel.Usable usable
                ? usable.format()
                : null;
    }

    @Test
    void aNumberWithoutAModelFileSaysWhatIsMissing() throws IOException {
        file("fare/3/model.bin");

        assertEquals("expected the file model.onnx or model.pt in fare/3, found [model.bin]", reason("3"));
        assertTrue(reason("4").contains("there is no folder '4' of model 'fare'; there are [3]"), reason("4"));
    }

    @Test
    void aFolderOfTheModelFilesNameMayHoldAModelOfSeveralFiles() throws IOException {
        file("fare/1/model.onnx/model.onnx");
        file("fare/1/model.onnx/weights.bin");

        assertEquals(
                root.resolve("fare/1/model.onnx/model.onnx"),
                assertInstanceOf(FoundModel.Usable.class, only().version("1")).file());
    }

    @Test
    void aVersionHasChangedWhenAnyOfItsFilesOrItsSettingsHave() throws IOException {
        file("fare/1/model.onnx");
        Path weights = file("fare/1/weights.bin");
        String first = digest(only(), "1");
        assertEquals(first, digest(only(), "1"));

        Files.setLastModifiedTime(weights, FileTime.from(Instant.EPOCH));
        String second = digest(only(), "1");
        assertNotEquals(first, second);

        Files.writeString(root.resolve("fare/config.yaml"), "version_policy: all");
        assertNotEquals(second, digest(only(), "1"));
    }

    @Test
    void linksWithinTheFolderAreFollowedAsThoseOfAMountedVolume() throws IOException {
        file("..2026/model.onnx");
        Files.createDirectories(root.resolve("fare/1"));
        Files.createSymbolicLink(root.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(root.resolve("fare/1/model.onnx"), Path.of("../../..data/model.onnx"));
        Files.createSymbolicLink(root.resolve("fare/2"), Path.of("1"));

        assertEquals(Set.of("1", "2"), only().versions().keySet());
        String before = digest(only(), "1");

        file("..2027/model.onnx");
        Files.delete(root.resolve("..data"));
        Files.createSymbolicLink(root.resolve("..data"), Path.of("..2027"));
        assertNotEquals(before, digest(only(), "1"), "the volume has moved on");
    }

    @Test
    void linksOutOfTheFolderAreRefusedOfFilesVersionsModelsAndSettings() throws IOException {
        Path secret = Files.createDirectories(outside.resolve("secret/1"));
        Files.writeString(secret.resolve("model.onnx"), "a secret");
        Files.createDirectories(root.resolve("fare/1"));
        Files.createSymbolicLink(root.resolve("fare/1/model.onnx"), secret.resolve("model.onnx"));
        Files.createSymbolicLink(root.resolve("fare/2"), secret);
        assertTrue(reason("1").contains("fare/1/model.onnx is a link out of the model folder"), reason("1"));
        assertTrue(reason("2").contains("fare/2 is a link out of the model folder"), reason("2"));

        Files.createSymbolicLink(root.resolve("fare/config.yaml"), secret.resolve("model.onnx"));
        assertTrue(
                only().mistakes().getFirst().contains("config.yaml is a link out of the model folder"),
                only()::toString);

        Files.createSymbolicLink(root.resolve("spy"), outside.resolve("secret"));
        FoundModel spy = folder.find("spy").orElseThrow();
        assertTrue(spy.mistakes().getFirst().contains("spy is a link out of the model folder"), spy::toString);
    }

    @Test
    void linksThatFormACircleOrLeadNowhereFailAloneAndEndTheLook() throws IOException {
        file("fare/3/model.onnx");
        Files.createSymbolicLink(root.resolve("fare/1"), Path.of("2"));
        Files.createSymbolicLink(root.resolve("fare/2"), Path.of("1"));
        Files.createSymbolicLink(root.resolve("fare/3/back"), Path.of(".."));
        Files.createDirectories(root.resolve("fare/4"));
        Files.createSymbolicLink(root.resolve("fare/4/model.onnx"), Path.of("gone.onnx"));

        FoundModel fare = only();
        assertInstanceOf(FoundModel.Usable.class, fare.version("3"));
        for (String broken : List.of("1", "2", "4")) {
            assertTrue(reason(broken).startsWith("fare/" + broken), reason(broken));
        }
    }

    @Test
    void namesThatNoAddressCanCarryAreToldNotServed() throws IOException {
        file("my model/1/model.onnx");

        assertTrue(only().mistakes().getFirst().contains("expected 1 to 64 letters"), only()::toString);
    }

    @Test
    void whyAFolderCannotBeServedIsSaid() throws IOException {
        assertTrue(folder.complaint(true).orElseThrow().contains("there is no model in " + root));
        assertTrue(folder.complaint(false).isEmpty());
        Path text = Files.writeString(outside.resolve("text"), "");
        assertTrue(new ModelFolder(text).complaint(false).orElseThrow().contains("is no folder"));
        assertTrue(new ModelFolder(outside.resolve("nowhere"))
                .complaint(false)
                .orElseThrow()
                .contains("is not there"));
        file("fare/1/model.onnx");
        assertTrue(folder.complaint(true).isEmpty());
        String above = new ModelFolder(root.resolve("fare")).complaint(true).orElseThrow();
        assertTrue(above.contains("is a model itself, as 1/model.onnx lies in it: name the folder above"), above);
    }
}
