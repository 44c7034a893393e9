/**
 * Limits on how many requests a slot takes. All routers draw from the same buckets of tokens; a router that cannot reach
 * them counts by itself, and its predictions go on.
 */
@NullMarked
package dev.ringside.router.limit;

import org.jspecify.annotations.NullMarked;
