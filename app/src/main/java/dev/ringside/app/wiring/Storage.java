package dev.ringside.app.wiring;

import dev.ringside.app.configuration.S3Config;
import dev.ringside.app.s3.Bucket;
import dev.ringside.app.s3.BucketArchive;
import dev.ringside.app.s3.BucketArtefacts;
import dev.ringside.app.s3.BucketSource;
import dev.ringside.experiments.registry.ArtefactFolder;
import dev.ringside.experiments.registry.ArtefactStore;
import dev.ringside.metrics.archive.ArchiveCopy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Where files are kept: in the bucket that is configured, else in the data folder. */
@Singleton
final class Storage {
    private static final System.Logger LOG = System.getLogger(Storage.class.getName());

    private final Surroundings around;
    private final Optional<Bucket> bucket;

    Storage(S3Config config, Surroundings around) {
        this.around = around;
        this.bucket = Bucket.configured(
                config, () -> DefaultCredentialsProvider.builder().build());
        bucket.ifPresent(kept -> Thread.ofVirtual().name("bucket-check").start(() -> check(kept)));
    }

    /** One that is away now may be there when something is asked of it, so no start waits for it. */
    private static void check(Bucket bucket) {
        try {
            bucket.check();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "files cannot be kept or had now: {0}", e.getMessage());
        }
    }

    /** The control plane's files, if they are in a bucket. */
    Optional<BucketSource> source() {
        return bucket.map(BucketSource::new);
    }

    /** The bucket's archive beside the one in a folder, if there is a bucket. */
    Optional<ArchiveCopy> archiveCopy(Path folder) {
        return bucket.map(kept -> new ArchiveCopy(folder, new BucketArchive(kept)));
    }

    @Produces
    @Singleton
    ArtefactStore artefacts() throws IOException {
        return bucket.isPresent()
                ? new BucketArtefacts(bucket.get(), around.folder("passing"))
                : new ArtefactFolder(around.folder("artefacts"));
    }

    @PreDestroy
    void close() {
        bucket.ifPresent(Bucket::close);
    }
}
