package dev.ringside.app.s3;

import dev.ringside.app.configuration.S3Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A server of S3 over a folder, which checks signatures and digests; it has one bucket, {@code models}. */
public final class S3Server implements AutoCloseable {
    static final String BUCKET = "models";

    /** Parts as small as S3 takes them. */
    static final long PART = 5 << 20;

    private final BlobStoreContext folder;
    private final S3Proxy server;

    private S3Server(BlobStoreContext folder, S3Proxy server) {
        this.folder = folder;
        this.server = server;
    }

    public static S3Server start() throws Exception {
        Path base = Files.createTempDirectory("s3-");
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", base.toString());
        BlobStoreContext folder = ContextBuilder.newBuilder("filesystem-nio2")
                .credentials("ringside", "secret")
                .overrides(properties)
                .build(BlobStoreContext.class);
        folder.getBlobStore().createContainerInLocation(null, BUCKET);
        S3Proxy server = S3Proxy.builder()
                .blobStore(folder.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "ringside", "secret")
                .build();
        server.start();
        while (!server.getState().equals("STARTED")) {
            Thread.sleep(10);
        }
        return new S3Server(folder, server);
    }

    public int port() {
        return server.getPort();
    }

    /** Who may everything there. */
    static AwsCredentialsProvider who(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("ringside", secret));
    }

    /** The bucket over a port, which need not be the server's own. */
    static Bucket bucket(int port) {
        return bucket(port, BUCKET, "secret");
    }

    static Bucket bucket(int port, String name, String secret) {
        return Bucket.open(config(port), name, who(secret), PART);
    }

    private static S3Config config(int port) {
        return new Config(URI.create("http://127.0.0.1:" + port));
    }

    /** A storage at an address. */
    record Config(URI address) implements S3Config {
        @Override
        public Optional<String> bucket() {
            return Optional.of(BUCKET);
        }

        @Override
        public String prefix() {
            return "ringside/";
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.of(address);
        }

        @Override
        public Optional<String> region() {
            return Optional.empty();
        }

        @Override
        public boolean pathStyle() {
            return true;
        }

        @Override
        public int attempts() {
            return 3;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(20);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
        folder.close();
    }
}
