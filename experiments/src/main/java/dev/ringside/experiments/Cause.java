package dev.ringside.experiments;

import org.jspecify.annotations.Nullable;

/**
 * Who wants a change, and why: what every change is audited with.
 *
 * @param actor who
 * @param why in their own words, if they said
 */
public record Cause(Actor actor, @Nullable String why) {}
