package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.Document;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.experiment.ExperimentDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The option {@code --file}, or a file named without it: a YAML or JSON document with a {@code name}. */
final class DocumentFile {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Said said;

    /** One of the two. */
    static final class Said {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "The document, YAML or JSON; - reads standard input.")
        private @Nullable Path option;

        @Parameters(paramLabel = "FILE", description = "The same, said without -f.")
        private @Nullable Path parameter;

        Path file() {
            Path file = option == null ? parameter : option;
            return file == null ? Path.of("-") : file;
        }
    }

    /** What is in the file, unchanged: the server checks it. */
    record Named(Path file, String name, Document document) {
        /**
         * As an experiment's, with its defaults.
         *
         * @throws InvalidInput with every problem, each in a line
         */
        ExperimentDocument experiment() {
            return ExperimentDocument.read(name, tree(), () -> "random");
        }

        JsonNode tree() {
            return Json.readYaml(document.text(), JsonNode.class);
        }

        /** How people know it. */
        String called() {
            return file.toString().equals("-") ? "the document" : String.valueOf(file.getFileName());
        }
    }

    Named read() throws IOException {
        Path file = said.file();
        String text;
        if (file.toString().equals("-")) {
            text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } else if (Files.isRegularFile(file)) {
            text = Files.readString(file);
        } else {
            throw new InvalidInput(
                    "--file",
                    "expected a file, found none at " + file.toAbsolutePath().normalize());
        }
        JsonNode name;
        try {
            // JSON is YAML too.
            name = Json.readYaml(text, JsonNode.class).path("name");
        } catch (InvalidInput e) {
            throw e.within(file.toString());
        }
        if (!name.isValueNode() || name.asText("").isBlank()) {
            throw new InvalidInput(file + ": name", "missing: the document must say what it is called");
        }
        return new Named(file, name.asText(), Document.yaml(text));
    }
}
