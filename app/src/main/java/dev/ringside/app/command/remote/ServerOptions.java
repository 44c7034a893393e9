package dev.ringside.app.command.remote;

import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which control plane is meant. */
public final class ServerOptions {
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

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:RINGSIDE_API_KEY}",
            description = "Proves who asks, where the platform wants to know. Default: $RINGSIDE_API_KEY, which other"
                    + " users of this machine cannot see.")
    private @Nullable String apiKey;

    /** What proves who asks; null for nothing. */
    @Nullable
    public String apiKey() {
        return apiKey == null || apiKey.isBlank() ? null : apiKey;
    }

    /** The data folder of a platform on this machine. */
    public Path dataFolder() {
        return dataFolder.toAbsolutePath().normalize();
    }

    /** Whether somebody named it, by option or environment; else it is looked for. */
    public boolean isSaid() {
        return url != null;
    }

    /** The one that is meant: said, or started on the data folder, or where one is by default. */
    public URI address() throws IOException {
        if (url != null) {
            return url;
        }
        String published = Addresses.read(
                        new DataFolder(dataFolder.toAbsolutePath().normalize()))
                .url();
        return URI.create(published == null ? "http://127.0.0.1:" + Ports.DEFAULT_BASE : published);
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
