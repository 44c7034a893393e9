/** Who asks, as it crosses HTTP. */
@NullMarked
package dev.ringside.contract.actor;

import org.jspecify.annotations.NullMarked;
