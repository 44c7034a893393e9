package dev.ringside.app.wiring;

import dev.ringside.app.configuration.S3Config;
import dev.ringside.app.s3.Bucket;
import dev.ringside.app.s3.BucketArchive;
import dev.ringside.app.s3.BucketArtefacts;
import dev.ringside.experiments.registry.ArtefactFolder;
import dev.ringside.experiments.registry.ArtefactStore;
import dev.ringside.metrics.archive.ArchiveCopy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Where files are kept: in the bucket that is configured, else in the data folder. */
@Singleton
final class Storage {
    private static final System.Logger LOG = System.getLogger(Storage.class.getName());

    private final Surroundings around;
    private final @Nullable Bucket bucket;
    private final @Nullable BucketArtefacts artefacts;

    Storage(S3Config config, Surroundings around) throws IOException {
        this.around = around;
        this.bucket = Bucket.configured(
                        config, () -> DefaultCredentialsProvider.builder().build())
                .orElse(null);
        this.artefacts = bucket == null ? null : new BucketArtefacts(bucket, around.folder("passing"));
        if (bucket != null) {
            check(bucket);
        }
    }

    /** A bucket that is away now may be there when something is asked of it. */
    private static void check(Bucket bucket) {
        try {
            bucket.check();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "files cannot be kept or had now: {0}", e.getMessage());
        }
    }

    /** Artefacts in the bucket, if there is one. */
    Optional<BucketArtefacts> artefacts() {
        return Optional.ofNullable(artefacts);
    }

    /** The bucket's archive beside the one in a folder, if there is a bucket. */
    Optional<ArchiveCopy> archiveCopy(Path folder) {
        return Optional.ofNullable(bucket).map(kept -> new ArchiveCopy(folder, new BucketArchive(kept)));
    }

    @Produces
    @Singleton
    ArtefactStore artefactStore() throws IOException {
        return artefacts == null ? new ArtefactFolder(around.folder("artefacts")) : artefacts;
    }

    @PreDestroy
    void close() {
        if (bucket != null) {
            bucket.close();
        }
    }
}
