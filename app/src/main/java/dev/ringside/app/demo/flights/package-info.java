/** The real flights that the demo replays, with their features. */
@NullMarked
package dev.ringside.app.demo.flights;

import org.jspecify.annotations.NullMarked;
