/**
 * Object storage that speaks S3, by AWS's client: what is kept in a bucket where processes share no disk.
 *
 * <p>Threads: a {@link dev.ringside.app.s3.Bucket} is for all; each call blocks its caller.
 */
@NullMarked
package dev.ringside.app.s3;

import org.jspecify.annotations.NullMarked;
