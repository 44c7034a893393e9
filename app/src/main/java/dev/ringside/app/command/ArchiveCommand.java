package dev.ringside.app.command;

import dev.ringside.app.command.remote.CommandGroup;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.s3.Bucket;
import dev.ringside.app.s3.BucketArchive;
import dev.ringside.contract.InvalidInput;
import dev.ringside.metrics.archive.ArchiveCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The archive of the log. */
@Command(
        name = "archive",
        description = "Brings the archive of the log to where it is read.",
        subcommands = ArchiveCommand.Fetch.class)
final class ArchiveCommand extends CommandGroup {
    /** Fetches it from the bucket. */
    @Command(
            name = "fetch",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the folder 'archive' of a data folder what the bucket ringside.s3.bucket has, for trainings and"
                        + " replays on a machine that has no disk of the platform's.",
                "What is there is not fetched again, and each file is checked against its digest. Never on the data"
                        + " folder of a process that archives: that one keeps its own."
            })
    static final class Fetch implements Callable<Integer> {
        @Option(names = "--data-dir", required = true, paramLabel = "DIR", description = "Where the archive is read.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path dataDir;

        @Option(names = "--config", paramLabel = "FILE", description = "A properties file.")
        private @Nullable Path config;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            if (Files.exists(dataDir.resolve("metrics"))) {
                throw new InvalidInput(
                        "--data-dir",
                        "expected a folder for a copy, found that of a process that archives, " + dataDir
                                + "; it has its archive already");
            }
            Path archive = DataFolder.open(dataDir).resolve("archive");
            try (Bucket bucket = Bucket.configured(
                            StartSettings.read(config).s3(),
                            () -> DefaultCredentialsProvider.builder().build())
                    .orElseThrow(() -> new InvalidInput(
                            "ringside.s3.bucket",
                            "expected the bucket that the platform keeps its archive in, found none; set it, or"
                                    + " RINGSIDE_S3_BUCKET"))) {
                int files = new ArchiveCopy(archive, new BucketArchive(bucket)).mirror();
                spec.commandLine().getOut().println(files + " files fetched, the archive is in " + archive);
            }
            return 0;
        }
    }
}
