/** Questions to a store on the request path: each waits for a budget at most, and for nothing once the store is given up. */
@NullMarked
package dev.ringside.router.circuit;

import org.jspecify.annotations.NullMarked;
