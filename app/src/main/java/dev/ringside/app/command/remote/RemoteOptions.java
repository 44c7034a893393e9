package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringside.app.foreign.ForeignModel;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A model that another server serves, as options. */
final class RemoteOptions {
    private static final String NONE = "none";

    @Option(
            names = "--remote",
            paramLabel = "ADDRESS",
            description = {
                "In place of a file: a server of the Open Inference Protocol v2 that serves the model, such as"
                        + " http://triton:8000 or grpc://triton:8001 (https, grpcs: with TLS).",
                "May be repeated, for several servers of the same model."
            })
    private List<String> servers = List.of();

    @Option(
            names = "--remote-model",
            paramLabel = "NAME",
            description = "For --remote: the model's name there. Default: the slot's.")
    private @Nullable String model;

    @Option(
            names = "--remote-version",
            paramLabel = "VERSION",
            description = "For --remote: its version there; " + NONE
                    + " for a server that has no versions, where nobody notices when the model is replaced.")
    private @Nullable String version;

    @Option(
            names = "--remote-timeout",
            paramLabel = "DURATION",
            description = "For --remote: how long an answer may take, such as 500ms. Default: 10s.")
    private @Nullable String timeout;

    boolean isAsked() {
        if (servers.isEmpty() && (model != null || version != null || timeout != null)) {
            throw new InvalidInput("--remote", "missing: expected the address of the server that has the model");
        }
        return !servers.isEmpty();
    }

    /** @param slot the model's name where nobody says another */
    ModelSource source(String slot) {
        if (version == null) {
            throw new InvalidInput(
                    "--remote-version",
                    "missing: expected the version at the server, such as 1, since a version that was registered never"
                            + " changes; " + NONE + " for a server that has no versions");
        }
        var remote = new ForeignModel(
                servers,
                model == null ? slot : model,
                version.equals(NONE) ? null : version,
                timeout == null ? ForeignModel.TIMEOUT : DurationText.parse(timeout));
        return new ModelSource(
                String.join(", ", servers),
                "its server answered one question",
                MissingNode.getInstance(),
                control -> control.upload("/api/artefacts", remote.file()));
    }
}
