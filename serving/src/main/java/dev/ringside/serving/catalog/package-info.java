/** The versions that the routing table names: fetched, verified, warmed, served, drained, closed. */
@NullMarked
package dev.ringside.serving.catalog;

import org.jspecify.annotations.NullMarked;
