package dev.ringside.app.s3;

import dev.ringside.experiments.registry.ArtefactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Artefacts in a bucket, under the names that they have in a data folder, so that one can be copied to the other. */
public final class BucketArtefacts implements ArtefactStore {
    private static final String PART = ".part";

    private final Bucket bucket;
    private final Path passing;

    /** @param passing a folder of this process for what comes and goes; what an earlier process left there is deleted */
    public BucketArtefacts(Bucket bucket, Path passing) throws IOException {
        this.bucket = bucket;
        this.passing = Files.createDirectories(passing);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(passing, "*" + PART)) {
            for (Path part : left) {
                Files.deleteIfExists(part);
            }
        }
    }

    static String key(String sha256) {
        return "artefacts/" + sha256.substring(0, 2) + "/" + sha256;
    }

    @Override
    public Path incoming() throws IOException {
        return Files.createTempFile(passing, "incoming-", PART);
    }

    @Override
    public void keep(String sha256, Path incoming) throws IOException {
        ask(sha256, () -> {
            bucket.put(key(sha256), incoming);
            return incoming;
        });
    }

    @Override
    public OptionalLong size(String sha256) throws IOException {
        return ask(sha256, () -> bucket.size(key(sha256)));
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return ask(sha256, () -> bucket.open(key(sha256)));
    }

    @Override
    public <T> T read(String sha256, Reader<T> reader) throws IOException {
        Path file = Files.createTempFile(passing, "outgoing-", PART);
        try {
            ask(sha256, () -> {
                bucket.fetch(key(sha256), file);
                return file;
            });
            return reader.read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What is asked of the bucket. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T ask(String sha256, Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (BucketFailure e) {
            throw switch (e.reason()) {
                case NO_OBJECT -> new NoSuchFileException(bucket.place(key(sha256)));
                case NO_BUCKET, DENIED, REFUSED, AWAY -> new Away(String.valueOf(e.getMessage()), e);
            };
        }
    }
}
