/** How every contract is written as JSON. */
@NullMarked
package dev.ringside.contract.json;

import org.jspecify.annotations.NullMarked;
