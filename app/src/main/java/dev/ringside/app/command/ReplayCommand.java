package dev.ringside.app.command;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Database;
import dev.ringside.app.embedded.EmbeddedParts;
import dev.ringside.app.embedded.EmbeddedParts.PostgresForOnce;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.embedded.StartRefused;
import dev.ringside.app.replay.ArchiveBehind;
import dev.ringside.app.replay.ControlSchema;
import dev.ringside.app.replay.Verification;
import dev.ringside.app.replay.Verification.Checked;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.archive.ArchiveDamage;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes looks again from the archive. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Makes looks again from the archive and compares them with what was stored, bit for bit.",
            "Checks that no file of the archive was changed or is missing. Works on the folder of a platform that runs"
                    + " or was stopped, of this release or an older one. Exit status 1 if anything differs, 3 if the"
                    + " archive does not hold yet what a look was made from."
        })
public final class ReplayCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Which which;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder of the installation; default ~/.local/share/ringside.")
    Path dataDir = DataFolder.standard();

    @Option(
            names = "--port",
            paramLabel = "BASE",
            description = "The base port for an embedded PostgreSQL that must be started; default ${DEFAULT-VALUE}.")
    int port = Ports.DEFAULT_BASE;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as one JSON document.")
    @Nullable
    Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** The exit status where nothing can be said yet. */
    private static final int NOT_YET = 3;

    /** Which looks. */
    static final class Which {
        @Option(names = "--all", description = "Every look that was ever made.")
        boolean all;

        @Parameters(paramLabel = "LOOK", description = "The id of one look.")
        @Nullable
        String look;
    }

    /** One look of the result. */
    private record Line(
            String id,
            String experiment,
            String region,
            String at,
            String verdict,
            String evidenceDigest,
            List<String> problems) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isDirectory(dataDir.resolve("archive"))) {
            err.println("no archive in " + dataDir + ": name the folder of an installation with --data-dir");
            return 2;
        }
        DataFolder data = DataFolder.open(dataDir);
        Consumer<String> say = step -> {
            out.println(step + " ...");
            out.flush();
        };
        try (PostgresForOnce postgres = postgres(data, say);
                AgroalDataSource database = database(postgres.database())) {
            List<Checked> checked = new Verification(
                            database,
                            data.resolve("archive"),
                            StartSettings.read(null).metrics().unitOutcomes())
                    .run(look -> which.all || look.id().equals(which.look), say);
            return report(checked, out, err);
        } catch (ArchiveBehind e) {
            err.println(e.getMessage());
            return NOT_YET;
        } catch (ArchiveDamage e) {
            err.println(e.getMessage());
            return 1;
        } catch (SQLException e) {
            err.println("the control plane's database cannot be used: " + e.getMessage());
            return 2;
        } catch (StartRefused | ControlSchema.Unfit e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static AgroalDataSource database(Database of) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(connection -> connection
                                .jdbcUrl(of.url())
                                .principal(new NamePrincipal(of.user()))
                                .credential(new SimplePassword(of.password())))));
    }

    /**
     * A platform that runs has its PostgreSQL already, and so has one that is configured: what is of another release stays
     * as it is. Otherwise one is started for this, and brought to this release as a start of the platform would.
     */
    private PostgresForOnce postgres(DataFolder data, Consumer<String> say)
            throws IOException, InterruptedException, StartRefused, ControlSchema.Unfit {
        StartSettings settings = StartSettings.read(null);
        Database configured = UpCommand.database(settings);
        if (configured != null) {
            return used(configured);
        }
        boolean stopped = data.tryLock(Role.ALL) && data.tryLock(Role.NONE);
        String running = stopped ? null : Addresses.read(data).postgres();
        if (running != null) {
            return used(EmbeddedParts.embeddedPostgres(data, running));
        }
        if (!EmbeddedParts.hasPostgres(data)) {
            throw new StartRefused("data folder " + data.root() + " has no database of its own: name the one that its"
                    + " control plane uses with quarkus.datasource.jdbc.url, or another folder with --data-dir");
        }
        PostgresForOnce started = EmbeddedParts.postgresForOnce(
                data, new Ports(port), InstallFile.open(data, Instant.now()), settings.postgresBinaries());
        try {
            new ControlSchema(started.database()).bringUpToDate(say);
            return started;
        } catch (ControlSchema.Unfit | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static PostgresForOnce used(Database database) throws ControlSchema.Unfit {
        new ControlSchema(database).require();
        return new PostgresForOnce(database, () -> {});
    }

    private int report(List<Checked> all, PrintWriter out, PrintWriter err) throws IOException {
        List<Checked> chosen = which.all
                ? all
                : all.stream().filter(c -> c.look().id().equals(which.look)).toList();
        if (chosen.isEmpty() && !which.all) {
            err.println("there is no look " + which.look + "; there are " + all.size());
            return 2;
        }
        List<Line> lines = chosen.stream().map(ReplayCommand::line).toList();
        for (Line line : lines) {
            for (String problem : line.problems()) {
                err.println("look " + line.id() + " (" + line.experiment() + ", " + line.region() + ", " + line.at()
                        + "): " + problem);
            }
        }
        long different = lines.stream().filter(l -> !l.problems().isEmpty()).count();
        out.println(lines.size() + " looks made again, " + (lines.size() - different) + " the same bit for bit, "
                + different + " different");
        if (json != null) {
            Files.writeString(json, Json.pretty(lines) + "\n");
        }
        return different == 0 ? 0 : 1;
    }

    private static Line line(Checked checked) {
        var look = checked.look();
        return new Line(
                look.id(),
                look.experiment(),
                look.segment(),
                look.at().toString(),
                look.verdict(),
                look.record().evidenceDigest(),
                checked.problems());
    }
}
