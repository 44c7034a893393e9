package dev.ringside.experiments.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final byte[] MODEL = {1, 2, 3};

    private static Versions.Registration register(World world, ModelManifest manifest) {
        return world.plane().versions().register(world.plane().store(), "eta", manifest, World.ALICE);
    }

    private static World uploaded() throws Exception {
        World world = World.replay();
        world.slot("eta", "PDX");
        world.plane().artefacts().put(new ByteArrayInputStream(MODEL));
        return world;
    }

    @Test
    void aVersionIsRegisteredOnceAndNeverChanges() throws Exception {
        try (World world = uploaded()) {
            ModelManifest manifest = Documents.manifest("eta", "v1", Digests.sha256(MODEL));
            assertTrue(register(world, manifest).added());
            assertFalse(register(world, manifest).added());
            world.plane().artefacts().put(new ByteArrayInputStream(new byte[] {9}));
            String other = assertThrows(
                            Refusal.class,
                            () -> register(world, Documents.manifest("eta", "v1", Digests.sha256(new byte[] {9}))))
                    .getMessage();
            assertTrue(
                    other.contains("has a version 'v1' with another model file: sha256 " + Digests.sha256(MODEL)),
                    other);
            var slower = new ModelManifest(
                    "eta",
                    "v1",
                    "onnx",
                    manifest.sha256(),
                    manifest.signature(),
                    List.of(),
                    Map.of(),
                    null,
                    null,
                    null);
            assertTrue(assertThrows(Refusal.class, () -> register(world, slower))
                    .getMessage()
                    .contains("with another manifest"));
            assertEquals(List.of("alice version.register version/eta/v1"), world.audited("version/eta/v1"));
        }
    }

    @Test
    void aFileOfAnotherTypeIsRefusedWithTheTypesAndWhatToDo() throws Exception {
        try (World world = uploaded()) {
            ModelManifest fits = Documents.manifest("eta", "v1", Digests.sha256(MODEL));
            TensorSpec declared = fits.signature().inputs().getFirst();
            DataType other = declared.datatype() == DataType.FP64 ? DataType.FP32 : DataType.FP64;
            var signature = new Signature(
                    List.of(new TensorSpec(declared.name(), other, declared.shape())),
                    fits.signature().outputs());
            var narrow = new ModelManifest(
                    "eta", "v1", "onnx", fits.sha256(), signature, List.of(), Map.of(), null, null, null);
            assertEquals(
                    "'signature.inputs.distance': the file's input 'distance' is " + other + ", slot 'eta' declares "
                            + declared.datatype()
                            + ": convert the model, or register it in a slot of its own with --create-slot",
                    assertThrows(InvalidInput.class, () -> register(world, narrow))
                            .getMessage());
        }
    }

    @Test
    void serversFindModelAndManifestByTheirDigests() throws Exception {
        try (World world = uploaded()) {
            ModelManifest manifest = Documents.manifest("eta", "v1", Digests.sha256(MODEL));
            register(world, manifest);
            world.publish();
            VersionRoute route =
                    world.topic.table().slot("eta").orElseThrow().versions().get("v1");
            assertEquals(List.of("distance"), route.inputs());
            byte[] kept = world.plane().artefacts().read(route.manifestSha256(), Files::readAllBytes);
            assertEquals(manifest, Json.read(kept, ModelManifest.class));
            assertEquals(route.manifestSha256(), Digests.sha256(kept));
            assertArrayEquals(MODEL, world.plane().artefacts().read(route.modelSha256(), Files::readAllBytes));
        }
    }

    @Test
    void aVersionWithoutItsFileOrThatDoesNotFitIsRefused() throws Exception {
        try (World world = uploaded()) {
            String missing = "0".repeat(64);
            assertTrue(assertThrows(Refusal.class, () -> register(world, Documents.manifest("eta", "v1", missing)))
                    .getMessage()
                    .contains("artefact " + missing + " is not here; POST its bytes to /api/artefacts first"));
            var wide = new ModelManifest(
                    "eta",
                    "v1",
                    "onnx",
                    Digests.sha256(MODEL),
                    Json.readYaml(
                            Documents.SIGNATURE.replace("distance, datatype: FP32", "speed, datatype: FP32"),
                            Signature.class),
                    List.of(),
                    Map.of(),
                    null,
                    null,
                    null);
            assertTrue(assertThrows(InvalidInput.class, () -> register(world, wide))
                    .getMessage()
                    .contains("'signature.inputs': the version reads 'speed'"));
            assertTrue(assertThrows(
                            InvalidInput.class,
                            () -> register(world, Documents.manifest("ride", "v1", Digests.sha256(MODEL))))
                    .getMessage()
                    .contains("'slot': expected \"eta\" as in the URL"));
        }
    }

    @Test
    @DisplayName("P6: a file that no server can load is never registered, and its reason is told")
    void aFileThatCannotBeServedIsNeverRegistered() throws Exception {
        try (World world = uploaded()) {
            world.inspector(file -> {
                throw new InvalidInput("sha256", "the file cannot be served: no graph was found in the protobuf");
            });
            ModelManifest manifest = Documents.manifest("eta", "v1", Digests.sha256(MODEL));
            assertEquals(
                    "'sha256': the file cannot be served: no graph was found in the protobuf",
                    assertThrows(InvalidInput.class, () -> register(world, manifest))
                            .getMessage());
            assertEquals(List.of(), world.audited("version/eta/v1"));
        }
    }

    @Test
    @DisplayName(
            "D14: a file that takes fewer rows than its manifest says is never registered, and the tensor is named")
    void aManifestThatIsNotTrueOfItsFileIsRefused() throws Exception {
        try (World world = uploaded()) {
            Signature one = Json.readYaml(Documents.SIGNATURE.replace("-1", "1"), Signature.class);
            world.inspector(file -> new ModelInspection(Digests.sha256(file), "onnx", "onnxruntime_onnx", one));
            ModelManifest manifest = Documents.manifest("eta", "v1", Digests.sha256(MODEL));
            String said = assertThrows(InvalidInput.class, () -> register(world, manifest))
                    .getMessage();
            assertTrue(said.startsWith("'signature.inputs.distance': is [-1, 1] in the manifest"), said);
        }
    }

    @Test
    void aFileThatWasDamagedOnDiskIsFoundAndCanBeUploadedAgain() throws Exception {
        try (World world = uploaded()) {
            String sha256 = Digests.sha256(MODEL);
            Files.write(world.folder().resolve(sha256.substring(0, 2)).resolve(sha256), new byte[] {1, 2, 4});
            ModelManifest manifest = Documents.manifest("eta", "v1", sha256);
            assertTrue(assertThrows(Refusal.class, () -> register(world, manifest))
                    .getMessage()
                    .contains("is damaged where it is kept"));
            world.plane().artefacts().put(new ByteArrayInputStream(MODEL));
            assertTrue(register(world, manifest).added());
        }
    }

    @Test
    void anArtefactBeyondTheLimitIsRefusedAndLeavesNoFile() throws Exception {
        try (World world = World.replay()) {
            var tooMuch = new ByteArrayInputStream(new byte[(1 << 20) + 1]);
            assertEquals(
                    Refusal.Kind.TOO_LARGE,
                    assertThrows(Refusal.class, () -> world.plane().artefacts().put(tooMuch))
                            .kind());
            try (var files = Files.list(world.folder())) {
                assertEquals(0, files.count());
            }
            assertThrows(InvalidInput.class, () -> world.plane().artefacts().open("../../etc/passwd"));
            assertEquals(
                    Refusal.Kind.UNKNOWN,
                    assertThrows(Refusal.class, () -> world.plane().artefacts().open("0".repeat(64)))
                            .kind());
        }
    }

    @Test
    void aSlotsSignatureKeepsRoomForItsVersions() throws Exception {
        try (World world = uploaded()) {
            register(world, Documents.manifest("eta", "v1", Digests.sha256(MODEL)));
            String narrower = "unit_type: ride\nsignature:\n"
                    + Documents.SIGNATURE.replace("distance", "speed").indent(2);
            assertTrue(assertThrows(
                            Refusal.class,
                            () -> world.plane()
                                    .store()
                                    .write(tx -> world.plane()
                                            .slots()
                                            .put(tx, "eta", Documents.yaml(narrower), World.ALICE)))
                    .getMessage()
                    .contains("'signature': the registered version 'v1' would not fit"));
        }
    }
}
