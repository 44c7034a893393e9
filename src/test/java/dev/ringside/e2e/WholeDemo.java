package dev.ringside.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.configuration.Role;
import dev.ringside.contract.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole demo, twice around the loop and undisturbed, which runs once for all tests that take it as a parameter. */
final class WholeDemo implements AutoCloseable {
    /** The base port of its platform. */
    static final int PORT = 27070;

    private final Path folder;
    private final RunningDemo demo;
    private final List<JsonNode> looks;

    private WholeDemo(Path folder, RunningDemo demo, List<JsonNode> looks) {
        this.folder = folder;
        this.demo = demo;
        this.looks = looks;
    }

    /** Gives it to whoever asks. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == WholeDemo.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(WholeDemo.class, _ -> run());
        }
    }

    private static WholeDemo run() {
        try {
            Path folder = Files.createTempDirectory("whole-demo-");
            RunningDemo demo = RunningDemo.start(
                    folder,
                    PORT,
                    Role.ALL,
                    Map.of(),
                    "--retrain",
                    "--models",
                    models(folder).toString());
            return new WholeDemo(folder, demo, List.copyOf(demo.looks().values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The demo, whose platform is up until one ends it. */
    RunningDemo demo() {
        return demo;
    }

    /** All looks when it had made its report. */
    List<JsonNode> looks() {
        return looks;
    }

    /** Where it has trained its models. */
    Path models() {
        return models(folder);
    }

    private static Path models(Path folder) {
        return folder.resolve("models");
    }

    @Override
    public void close() throws IOException {
        demo.close();
        Folders.delete(folder);
    }
}
