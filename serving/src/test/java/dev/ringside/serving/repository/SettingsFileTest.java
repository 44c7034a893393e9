package dev.ringside.serving.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir
    Path folder;

    private SettingsFile.Read read(String yaml) throws IOException {
        return SettingsFile.read(Files.writeString(folder.resolve("config.yaml"), yaml), "fare");
    }

    @Test
    void whereThereIsNoFileTheGreatestVersionIsServed() throws IOException {
        SettingsFile.Read read = SettingsFile.read(folder.resolve("config.yaml"), "fare");

        assertEquals(List.of(), read.mistakes());
        assertEquals(new ModelSettings(new VersionPolicy.Latest(1), null, null, Batching.NONE), read.settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "name: fare\n"})
    void whatSaysNothingChangesNothing(String yaml) throws IOException {
        SettingsFile.Read read = read(yaml);

        assertEquals(List.of(), read.mistakes());
        assertEquals(ModelSettings.DEFAULT, read.settings());
    }

    @Test
    void platformAndBackendSayTheFormatAsTritonNamesThem() throws IOException {
        assertEquals(
                FileFormat.ONNX,
                read("platform: onnxruntime_onnx\nbackend: onnxruntime")
                        .settings()
                        .format());
        assertEquals(
                FileFormat.TORCHSCRIPT,
                read("platform: pytorch_libtorch").settings().format());
        assertEquals(FileFormat.TORCHSCRIPT, read("backend: pytorch").settings().format());
        assertEquals(
                List.of("config.yaml: 'platform': expected \"onnxruntime_onnx\" or \"pytorch_libtorch\", found"
                        + " \"tensorrt_plan\""),
                read("platform: tensorrt_plan").mistakes());
        assertEquals(
                List.of("config.yaml: 'backend': expected \"pytorch\", found \"onnxruntime\""),
                read("platform: pytorch_libtorch\nbackend: onnxruntime").mistakes());
    }

    @Test
    void policyAndFileNameAreTakenAsTritonWritesThem() throws IOException {
        assertEquals(
                new VersionPolicy.Latest(2),
                read("version_policy: {latest: {num_versions: 2}}").settings().policy());
        assertEquals(
                new VersionPolicy.All(),
                read("version_policy: {all: {}}").settings().policy());
        assertEquals(
                new VersionPolicy.All(), read("version_policy: all").settings().policy());
        assertEquals(
                new VersionPolicy.Specific(List.of("1", "v3")),
                read("version_policy: {specific: {versions: [1, v3]}}")
                        .settings()
                        .policy());
        assertEquals(
                "net.onnx", read("default_model_filename: net.onnx").settings().fileName());
    }

    @Test
    void batchingIsTakenAsTritonWritesIt() throws IOException {
        assertEquals(new Batching(16, 500, 3, 40, 2), read("""
                        max_batch_size: 16
                        dynamic_batching:
                          max_queue_delay_microseconds: 500
                          priority_levels: 3
                          default_queue_policy: {max_queue_size: 40}
                        instance_group: [{count: 2, kind: KIND_CPU}]
                        """).settings().batching());
        assertEquals(
                new Batching(0, null, null, null, null),
                read("max_batch_size: 0").settings().batching());
    }

    @Test
    void whatBatchingCannotBeIsListed() throws IOException {
        assertEquals(
                List.of(
                        "config.yaml: 'max_batch_size': expected a whole number from 0 to 65536, found -1",
                        "config.yaml: 'dynamic_batching.max_queue_delay_microseconds': expected a whole number from 0 to"
                                + " 10000000, found \"5ms\"",
                        "config.yaml: 'dynamic_batching.priority_levels': expected a whole number from 1 to 1000, found"
                                + " 0",
                        "config.yaml: 'dynamic_batching.default_queue_policy.max_queue_size': expected a whole number"
                                + " from 1 to 1000000, found 0",
                        "config.yaml: 'instance_group[0].count': expected a whole number from 1 to 256, found 0",
                        "config.yaml: 'instance_group[0].kind': expected \"KIND_CPU\", found \"KIND_MODEL\""),
                read("""
                        max_batch_size: -1
                        dynamic_batching:
                          max_queue_delay_microseconds: 5ms
                          priority_levels: 0
                          default_queue_policy: {max_queue_size: 0}
                        instance_group: [{count: 0, kind: KIND_MODEL}]
                        """).mistakes());
        assertEquals(
                List.of(
                        "config.yaml: 'instance_group': expected a list of one group such as [{count: 2, kind: KIND_CPU}],"
                                + " found {\"count\":2}"),
                read("instance_group: {count: 2}").mistakes());
        String mistake = read("dynamic_batching: {max_queue_delay_microsecond: 5}")
                .mistakes()
                .getFirst();
        assertEquals(
                "config.yaml: 'dynamic_batching.max_queue_delay_microsecond': unknown field; did you mean"
                        + " max_queue_delay_microseconds?",
                mistake.substring(0, mistake.indexOf(';', mistake.indexOf(';') + 1)));
    }

    @Test
    void everyMistakeIsListedWithItsKeyWhatWasExpectedAndWhatWasFound() throws IOException {
        assertEquals(
                List.of(
                        "config.yaml: 'name': expected \"fare\", found \"fair\"",
                        "config.yaml: 'input': follows from the model file; leave it out",
                        "config.yaml: 'version_policy.latest.num_versions': expected a whole number from 1 to 1000,"
                                + " found 0",
                        "config.yaml: 'default_model_filename': expected the name of a file within the version's"
                                + " folder such as model.onnx, found \"../../other/1/model.onnx\""),
                read("""
                        name: fair
                        input: []
                        version_policy: {latest: {num_versions: 0}}
                        default_model_filename: ../../other/1/model.onnx
                        """).mistakes());
    }

    @Test
    void aMisspeltKeyIsToldWithTheOneThatWasMeant() throws IOException {
        String mistake = read("version_polcy: all").mistakes().getFirst();

        assertEquals(
                "config.yaml: 'version_polcy': unknown field; did you mean version_policy?",
                mistake.substring(0, mistake.indexOf(';', mistake.indexOf(';') + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "just words", "a: b: c", "name: fare\nname: fare"})
    void whatIsNoDocumentIsAMistake(String yaml) throws IOException {
        assertEquals(1, read(yaml).mistakes().size(), () -> "mistakes of " + yaml);
    }

    @Test
    void whatIsNoTextIsAMistake() throws IOException {
        Path file = Files.write(folder.resolve("config.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertEquals(1, SettingsFile.read(file, "fare").mistakes().size());
    }
}
