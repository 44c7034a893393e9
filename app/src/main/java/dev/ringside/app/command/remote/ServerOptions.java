package dev.ringside.app.command.remote;

import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.app.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
    private @Nullable Path dataFolder;

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
        return (dataFolder == null ? DataFolder.standard() : dataFolder)
                .toAbsolutePath()
                .normalize();
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
        String published = published();
        return URI.create(published == null ? "http://127.0.0.1:" + Ports.DEFAULT_BASE : published);
    }

    /**
     * A client of the one that is meant. Where a data folder says which, no other is asked.
     *
     * @param actor who asks
     * @param patience how long an answer may take
     * @throws ControlFailure if the platform of the folder that was named does not run
     */
    public ControlClient client(String actor, Duration patience) throws IOException, ControlFailure {
        if (url == null && dataFolder != null && published() == null) {
            throw ControlFailure.NotRunning.nowhere(dataFolder());
        }
        return new ControlClient(address(), actor, patience, apiKey(), meant());
    }

    /** Whose answer is wanted: the folder's that was named or has said the address; null for whoever is there. */
    public ControlClient.@Nullable Meant meant() throws IOException {
        if (url != null || (dataFolder == null && published() == null)) {
            return null;
        }
        InstallFile install = InstallFile.find(new DataFolder(dataFolder()));
        return install == null ? null : new ControlClient.Meant(dataFolder(), install.id());
    }

    private @Nullable String published() throws IOException {
        return Addresses.read(new DataFolder(dataFolder())).url();
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
