/** Identity: the install key, the keyed hash of a unit, prediction ids. */
@NullMarked
package dev.ringside.contract.id;

import org.jspecify.annotations.NullMarked;
