/** Which version answers a request: the routing table, assignment, calls with fallback, repeats. */
@NullMarked
package dev.ringside.router.route;

import org.jspecify.annotations.NullMarked;
