package dev.ringside.app.s3;

import dev.ringside.serving.catalog.ArtefactSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/** Artefacts that a control plane keeps in a bucket, for model servers: they check digests themselves and try again later. */
public final class BucketSource implements ArtefactSource {
    private final Bucket bucket;

    /** Fetches them from a bucket. */
    public BucketSource(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public void fetch(String sha256, Path to) throws IOException, InterruptedException {
        try {
            bucket.fetch(BucketArtefacts.key(sha256), to);
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            var interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
