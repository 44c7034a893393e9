/** Features: inputs of a slot that its callers do not send, and where they come from instead. */
@NullMarked
package dev.ringside.contract.feature;

import org.jspecify.annotations.NullMarked;
