package dev.ringside.app.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A stretch of a file that is sent as one request, read anew for each attempt and never held in memory.
 *
 * @param offset where it begins, in bytes
 * @param length how many bytes it has
 */
record FilePart(Path file, long offset, long length) {
    private static final int BUFFER = 65_536;
    private static final String BYTES = "application/octet-stream";

    /** Larger parts than asked for where there would be more than this: storages take no more than 10,000. */
    private static final int MOST = 9_000;

    /** A file in parts of a size. */
    static List<FilePart> of(Path file, long size) throws IOException {
        long all = Files.size(file);
        long each = Math.max(size, Math.ceilDiv(all, MOST));
        var parts = new ArrayList<FilePart>();
        for (long offset = 0; offset < all; offset += each) {
            parts.add(new FilePart(file, offset, Math.min(each, all - offset)));
        }
        return parts;
    }

    /** What the storage compares with what has arrived. */
    String md5() throws IOException {
        MessageDigest digest = md5Digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = stream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(
                () -> {
                    try {
                        return stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                length,
                BYTES);
    }

    private InputStream stream() throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(offset);
            return new Stretch(in, length);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** So many bytes and no more. */
    private static final class Stretch extends FilterInputStream {
        private long left;

        Stretch(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int next = super.read();
            if (next >= 0) {
                left--;
            }
            return next;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = super.read(to, at, (int) Math.min(length, left));
            if (n > 0) {
                left -= n;
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(Math.min(n, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
