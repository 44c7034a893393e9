package dev.ringside.app.command.remote;

import dev.ringside.app.program.TreeConversion;
import dev.ringside.app.program.TreeConversion.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file of XGBoost or LightGBM becomes a graph, as options. */
final class TreeOptions {
    /** What goes in. */
    enum Shape {
        /** One tensor. */
        matrix,
        /** One for each column. */
        columns
    }

    @Option(
            names = "--inputs",
            paramLabel = "SHAPE",
            description = "For a file of XGBoost or LightGBM: 'matrix' for one input 'features' with all columns,"
                    + " 'columns' for an input of each column. Default: columns where the file names them.")
    private @Nullable Shape shape;

    TreeConversion convert(Path file) throws IOException, InterruptedException {
        return TreeConversion.of(
                file,
                switch (shape) {
                    case null -> Inputs.AS_NAMED;
                    case matrix -> Inputs.MATRIX;
                    case columns -> Inputs.COLUMNS;
                });
    }
}
