package dev.ringside.app.command.remote;

import dev.ringside.app.program.TreeConversion;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringside models convert}: makes an ONNX file of one of XGBoost or LightGBM, for a folder or another server. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes an ONNX file of a model that XGBoost (.json, .ubj) or LightGBM (text) has saved.",
            "No platform is asked. 'models register' takes such files as they are."
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", index = "0", description = "The model that was saved.")
    private Path file = Path.of("");

    @Parameters(paramLabel = "FILE.onnx", index = "1", description = "The file to write.")
    private Path graph = Path.of("");

    @Mixin
    private TreeOptions trees = new TreeOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(
                    "FILE",
                    "expected a file, found none at " + file.toAbsolutePath().normalize());
        }
        TreeConversion conversion = trees.convert(file);
        WholeFile.write(graph, conversion.onnx());
        PrintWriter out = spec.commandLine().getOut();
        out.println(graph + " is written, of " + conversion.words());
        out.flush();
        return 0;
    }
}
