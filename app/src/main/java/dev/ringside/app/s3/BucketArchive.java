package dev.ringside.app.s3;

import dev.ringside.metrics.archive.ArchiveStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files of archives in a bucket, under the names that they have in a data folder. */
public final class BucketArchive implements ArchiveStore {
    private static final String FOLDER = "archive/";

    private final Bucket bucket;

    /** Keeps them in a bucket. */
    public BucketArchive(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public List<String> names(String prefix, String after) throws IOException {
        return bucket.names(FOLDER, prefix, after);
    }

    @Override
    public void keep(Path file) throws IOException {
        bucket.put(FOLDER + file.getFileName(), file);
    }

    @Override
    public void fetch(String name, Path to) throws IOException {
        bucket.fetch(FOLDER + name, to);
    }
}
