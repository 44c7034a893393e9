/** The table that every router holds, and what routers and servers report of themselves. */
@NullMarked
package dev.ringside.contract.routing;

import org.jspecify.annotations.NullMarked;
