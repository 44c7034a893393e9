package dev.ringside.training.preparation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.validation.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learns a schema from the rows that a document names, and writes it for people to edit. */
public final class SchemaWriting {
    private final Path document;
    private final @Nullable Path data;

    /**
     * @param document the YAML file
     * @param data the data file to take in place of the document's; null for that one
     */
    public SchemaWriting(Path document, @Nullable Path data) {
        this.document = document;
        this.data = data;
    }

    /**
     * Reads all rows and writes what they hold. The document's own schema, which may be the file that is being made, is not
     * looked at, nor is how far columns may move.
     *
     * @param file a new file: what people wrote into one is not overwritten
     * @return what was done, in words
     */
    public String write(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalArgumentException("--write-schema: " + file
                    + " exists: name a new file, and compare what people wrote into this one");
        }
        if (!(ConfigurationReader.parse(document) instanceof ObjectNode tree)) {
            throw new InvalidConfiguration(document.toString(), List.of("expected fields"));
        }
        tree.remove(List.of("schema", "search", "drift"));
        TrainingConfiguration configuration =
                ConfigurationReader.read(document, Json.yaml(tree), tree, GivenFiles.data(data), null);
        Dataset dataset = new DatasetReader(
                        configuration.source(), configuration.roles(), configuration.inputs(), configuration.memory())
                .read(configuration.split().range());
        Schema schema = Schema.learn(dataset.rows(), configuration.inputs());
        String yaml = "# What the features of " + document.getFileName() + " hold in "
                + dataset.rows().size()
                + " rows (data sha256 " + dataset.sha256() + ").\n# Edit it: a range may be wider than what was seen,"
                + " and `outside: 0.001` lets that share of values lie outside.\n" + schema.yaml();
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, yaml);
        Files.move(partial, file);
        return "learnt a schema of " + schema.columns().size() + " columns from "
                + dataset.rows().size() + " rows; written to "
                + file.toAbsolutePath().normalize();
    }
}
