package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlPlane;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that speaks to a control plane: which one, as whom, and how the answer is shown. */
final class ControlOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:RINGSIDE_URL}",
            converter = Address.class,
            description =
                    "The control plane. Default: $RINGSIDE_URL, else what the data folder's ports.json names, else"
                            + " http://127.0.0.1:" + Ports.DEFAULT_BASE + ".")
    private @Nullable URI url;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The data folder of a platform on this machine. Default: ~/.local/share/ringside.")
    private Path dataFolder = DataFolder.standard();

    @Option(names = "--as", paramLabel = "NAME", description = "Who acts, for the audit. Default: the system's user.")
    private String actor = System.getProperty("user.name");

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    /** The control plane that is meant. */
    ControlPlane controlPlane() throws IOException {
        return new ControlPlane(address(), actor, PATIENCE);
    }

    private URI address() throws IOException {
        if (url != null) {
            return url;
        }
        String published = Addresses.read(
                        new DataFolder(dataFolder.toAbsolutePath().normalize()))
                .url();
        return URI.create(published == null ? "http://127.0.0.1:" + Ports.DEFAULT_BASE : published);
    }

    /** Prints an answer: as it is for scripts, else as text. */
    void print(JsonNode answer, Function<JsonNode, String> forPeople) {
        String text = json ? Json.pretty(answer) : forPeople.apply(answer).stripTrailing();
        command.commandLine().getOut().println(text);
    }

    /** Reads {@code http://host:port}. */
    static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            URI uri;
            try {
                uri = URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no address: " + e.getMessage());
            }
            if (uri.getHost() == null || !(text.startsWith("http://") || text.startsWith("https://"))) {
                throw new TypeConversionException("expected such as http://127.0.0.1:7070, found '" + text + "'");
            }
            return uri;
        }
    }
}
