/** The Open Inference Protocol's HTTP surface and the form of every error. */
@NullMarked
package dev.ringside.app.http;

import org.jspecify.annotations.NullMarked;
