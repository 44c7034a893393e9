package dev.ringside.serving.catalog;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A control plane in memory: artefacts by digest, and the routing table of the slot {@code eta}. */
final class Registry implements ArtefactSource {
    static final String SLOT = "eta";
    static final Signature DECLARED = signature("distance", "carrier", "position");

    private final Map<String, byte[]> artefacts = new ConcurrentHashMap<>();
    private final Map<String, VersionRoute> versions = new TreeMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile UnaryOperator<byte[]> transport = bytes -> bytes;
    private long tables;

    /** Fetching what a fake transport gives in place of the bytes. It may throw {@link Broken}. */
    void transport(UnaryOperator<byte[]> fake) {
        transport = fake;
    }

    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    @Override
    public void fetch(String sha256, Path to) throws IOException {
        fetches.incrementAndGet();
        byte[] bytes = artefacts.get(sha256);
        if (bytes == null) {
            throw new IOException("no artefact " + sha256);
        }
        Files.write(to, transport.apply(bytes));
    }

    int fetches() {
        return fetches.get();
    }

    String put(byte[] artefact) {
        String digest = Digests.sha256(artefact);
        artefacts.put(digest, artefact);
        return digest;
    }

    /** Registers a version that reads some of the slot's inputs; its golden rows are those given. */
    void register(String version, byte[] file, Signature signature, Golden... golden) {
        register(new ModelManifest(
                SLOT, version, "onnx", put(file), signature, List.of(golden), Map.of(), null, null, null));
    }

    void register(ModelManifest manifest) {
        route(manifest.version(), manifest.sha256(), put(Json.bytes(manifest)));
    }

    void route(String version, String modelSha256, String manifestSha256) {
        versions.put(version, new VersionRoute(modelSha256, manifestSha256, List.of()));
    }

    void unregister(String version) {
        versions.remove(version);
    }

    /** The next routing table, with all versions that are registered now; the champion is {@code 1}. */
    RoutingTable table() {
        var slot = new SlotRoutes(
                SLOT,
                "flight",
                "region",
                List.of(),
                DECLARED,
                Duration.ofSeconds(1),
                "salt",
                "1",
                Map.of(),
                versions,
                List.of(),
                List.of());
        return new RoutingTable(++tables, Instant.EPOCH, new InstallKey(1, 2), 4, List.of(slot));
    }

    /** These inputs, each with its type, and the output {@code probability}. */
    static Signature signature(String... inputs) {
        return new Signature(
                Arrays.stream(inputs).map(Registry::spec).toList(),
                List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))));
    }

    private static TensorSpec spec(String name) {
        DataType type = switch (name) {
            case "carrier" -> DataType.BYTES;
            case "position" -> DataType.INT64;
            default -> DataType.FP32;
        };
        return new TensorSpec(name, type, List.of(-1L, 1L));
    }

    /** For distance 2 and 3 the probability is that many times the factor. */
    static Golden golden(float factor) {
        return new Golden(
                List.of(Tensor.column("distance", 2f, 3f)),
                List.of(Tensor.column("probability", 2 * factor, 3 * factor)),
                1e-6);
    }
}
