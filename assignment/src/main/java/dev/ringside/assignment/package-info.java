/** Units to arms: which version a unit gets, from its name and the routing table alone. */
@NullMarked
package dev.ringside.assignment;

import org.jspecify.annotations.NullMarked;
