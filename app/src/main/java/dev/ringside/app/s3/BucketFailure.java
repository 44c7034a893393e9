package dev.ringside.app.s3;

import java.io.IOException;
import java.net.HttpURLConnection;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What was asked of a bucket and is not to be had. The message says what, where, why and what to do. */
public final class BucketFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why; the first four stay as they are until somebody does something. */
    public enum Reason {
        /** There is no such object. */
        NO_OBJECT("there is no such object"),
        /** There is no such bucket. */
        NO_BUCKET("there is no such bucket; make it, or name another one with ringside.s3.bucket"),
        /** It does not know us, or does not let us. */
        DENIED(
                "it does not let us; say who we are with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or as AWS's clients"
                        + " are told otherwise, and allow it to read, write and list the bucket"),
        /** It does not want this request. */
        REFUSED("it refuses the request; the region and the path style may be wrong (ringside.s3.region,"
                + " ringside.s3.path-style)"),
        /** It does not answer, or says that it cannot now: all attempts were made in vain. */
        AWAY("it does not answer; it is tried again with the next request");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private BucketFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * What became of a request.
     *
     * @param subject what was to be done with which object of which bucket
     */
    static BucketFailure of(String subject, SdkException e) {
        Reason reason = reason(e);
        return new BucketFailure(reason, subject + ": " + reason.words + " (" + told(e) + ")", e);
    }

    private static Reason reason(SdkException e) {
        if (!(e instanceof S3Exception answer)) {
            return withoutCredentials(e) ? Reason.DENIED : Reason.AWAY;
        }
        return switch (answer) {
            case NoSuchKeyException _ -> Reason.NO_OBJECT;
            case NoSuchBucketException _ -> Reason.NO_BUCKET;
            default ->
                switch (answer.statusCode()) {
                    case HttpURLConnection.HTTP_NOT_FOUND -> Reason.NO_OBJECT;
                    case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN -> Reason.DENIED;
                    default ->
                        answer.statusCode() >= 500 || answer.isThrottlingException() ? Reason.AWAY : Reason.REFUSED;
                };
        };
    }

    /** The chain has no type of its own for it. */
    private static boolean withoutCredentials(SdkException e) {
        return String.valueOf(e.getMessage()).contains("Unable to load credentials");
    }

    /** The first line; a chain of credentials would tell each of its links. */
    private static String told(SdkException e) {
        if (withoutCredentials(e)) {
            return "no credentials were found";
        }
        String all = String.valueOf(e.getMessage());
        return all.lines().findFirst().orElse(all);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
