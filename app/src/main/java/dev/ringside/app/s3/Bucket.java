package dev.ringside.app.s3;

import dev.ringside.app.configuration.S3Config;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One bucket, and in it the keys with one prefix. An object appears whole or not at all, as S3 has it; one that is larger
 * than a part is sent in parts, and what was sent is taken back where the rest does not follow. Every request is tried a
 * number of times.
 */
public final class Bucket implements AutoCloseable {
    /** S3 takes 5 MiB and more. */
    static final long PART = 16L << 20;

    private final S3Client client;
    private final String name;
    private final String prefix;
    private final String place;
    private final long part;

    private Bucket(S3Client client, String name, String prefix, String place, long part) {
        this.client = client;
        this.name = name;
        this.prefix = prefix;
        this.place = place;
        this.part = part;
    }

    /**
     * The bucket that is configured; empty if none is.
     *
     * @param who proves who we are
     */
    public static Optional<Bucket> configured(S3Config config, Supplier<AwsCredentialsProvider> who) {
        return config.bucket().map(bucket -> open(config, bucket, who.get(), PART));
    }

    /**
     * Opens a bucket.
     *
     * @param part how many bytes are sent with one request
     * @throws InvalidInput if an address is none, or nobody says in which region the bucket is
     */
    static Bucket open(S3Config config, String bucket, AwsCredentialsProvider who, long part) {
        var client = S3Client.builder()
                .credentialsProvider(who)
                .forcePathStyle(config.pathStyle())
                // Digests of our own stand around it, and not every storage knows those of today.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(config.timeout())
                        .socketTimeout(config.timeout()))
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(config.attempts())
                        .build()));
        config.endpoint().ifPresent(at -> client.endpointOverride(checked(at)));
        config.region()
                .or(() -> config.endpoint().map(_ -> Region.US_EAST_1.id()))
                .ifPresent(region -> client.region(Region.of(region)));
        String place = "bucket '" + bucket + "'"
                + config.endpoint().map(at -> " at " + at).orElse("");
        return new Bucket(built(client), bucket, config.prefix(), place, part);
    }

    private static URI checked(URI endpoint) {
        InvalidInput.require(
                ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                        && endpoint.getHost() != null,
                "ringside.s3.endpoint",
                "expected an address such as https://minio:9000, found \"" + endpoint + "\"");
        return endpoint;
    }

    private static S3Client built(S3ClientBuilder client) {
        try {
            return client.build();
        } catch (SdkClientException e) {
            throw new InvalidInput(
                    "ringside.s3.region",
                    "expected the bucket's region, such as eu-central-1, found none here nor in AWS's own settings, such"
                            + " as AWS_REGION");
        }
    }

    /** Asks whether it is there and lets us in. */
    public void check() throws IOException {
        ask("looking for " + place, () -> client.headBucket(b -> b.bucket(name)));
    }

    /** Where an object is, in words. */
    public String place(String key) {
        return prefix + key + " of " + place;
    }

    /** Keeps a file; an object of that key that is there is replaced. */
    public void put(String key, Path file) throws IOException {
        List<FilePart> parts = FilePart.of(file, part);
        if (parts.size() > 1) {
            putParts(key, parts);
            return;
        }
        FilePart whole = parts.isEmpty() ? new FilePart(file, 0, 0) : parts.getFirst();
        String md5 = whole.md5();
        ask(
                "writing " + place(key),
                () -> client.putObject(b -> b.bucket(name).key(prefix + key).contentMD5(md5), whole.body()));
    }

    private void putParts(String key, List<FilePart> parts) throws IOException {
        String subject = "writing " + place(key);
        String upload = ask(
                        subject,
                        () -> client.createMultipartUpload(b -> b.bucket(name).key(prefix + key)))
                .uploadId();
        boolean done = false;
        try {
            var sent = new ArrayList<CompletedPart>();
            for (FilePart each : parts) {
                int number = sent.size() + 1;
                String md5 = each.md5();
                String tag = ask(
                                subject,
                                () -> client.uploadPart(
                                        b -> b.bucket(name)
                                                .key(prefix + key)
                                                .uploadId(upload)
                                                .partNumber(number)
                                                .contentMD5(md5),
                                        each.body()))
                        .eTag();
                sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            ask(
                    subject,
                    () -> client.completeMultipartUpload(b ->
                            b.bucket(name).key(prefix + key).uploadId(upload).multipartUpload(all -> all.parts(sent))));
            done = true;
        } finally {
            if (!done) {
                takeBack(key, upload);
            }
        }
    }

    /** What stays behind where this fails too, the bucket's own rules remove. */
    private void takeBack(String key, String upload) {
        try {
            client.abortMultipartUpload(b -> b.bucket(name).key(prefix + key).uploadId(upload));
        } catch (SdkException e) {
            System.getLogger(Bucket.class.getName())
                    .log(System.Logger.Level.WARNING, "parts of {0} stay behind: {1}", place(key), e.getMessage());
        }
    }

    /** The size of an object in bytes; empty if there is none. */
    public OptionalLong size(String key) throws IOException {
        try {
            return OptionalLong.of(ask(
                            "looking for " + place(key),
                            () -> client.headObject(b -> b.bucket(name).key(prefix + key)))
                    .contentLength());
        } catch (BucketFailure e) {
            if (e.reason() != BucketFailure.Reason.NO_OBJECT) {
                throw e;
            }
            // A HEAD that is answered 404 does not say what is missing.
            check();
            return OptionalLong.empty();
        }
    }

    /** The bytes of an object; whoever asked closes it. */
    public InputStream open(String key) throws IOException {
        return ask(
                "reading " + place(key),
                () -> client.getObject(b -> b.bucket(name).key(prefix + key)));
    }

    /** Fetches an object into a file, which is replaced. */
    public void fetch(String key, Path to) throws IOException {
        Files.deleteIfExists(to);
        ask(
                "reading " + place(key),
                () -> client.getObject(b -> b.bucket(name).key(prefix + key), ResponseTransformer.toFile(to)));
    }

    /**
     * The names in a folder, sorted.
     *
     * @param prefix how they begin
     * @param after they come after this one, in the order of their characters; empty for all
     */
    public List<String> names(String folder, String prefix, String after) throws IOException {
        String before = this.prefix + folder;
        return ask(
                "listing " + place(folder),
                () -> client
                        .listObjectsV2Paginator(b -> b.bucket(name)
                                .prefix(before + prefix)
                                .startAfter(before + (after.isEmpty() ? prefix : after)))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(before.length()))
                        .sorted()
                        .toList());
    }

    private static <T> T ask(String subject, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException(subject + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (SdkException e) {
            throw BucketFailure.of(subject, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
