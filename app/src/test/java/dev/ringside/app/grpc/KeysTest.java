package dev.ringside.app.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final Path CONTRACT = Path.of("src/main/resources/META-INF/openapi.yaml");

    @Test
    void everyMethodHasTheRolesOfAnOperation() {
        var methods = Stream.of(
                        GRPCInferenceServiceGrpc.getServiceDescriptor(),
                        HealthGrpc.getServiceDescriptor(),
                        ServerReflectionGrpc.getServiceDescriptor(),
                        io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor())
                .map(ServiceDescriptor::getMethods)
                .flatMap(all -> all.stream().map(MethodDescriptor::getFullMethodName))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(methods, new TreeSet<>(Keys.OPERATIONS.keySet()));
    }

    @Test
    void theOperationsAreThoseOfHttp() throws IOException {
        String contract = Files.readString(CONTRACT);
        Keys.OPERATIONS.values().stream()
                .map(operation -> operation.split(" ", 2)[1])
                .filter(path -> path.startsWith("/v2"))
                .forEach(path -> assertTrue(contract.contains("\n  " + path + ":"), path));
    }
}
