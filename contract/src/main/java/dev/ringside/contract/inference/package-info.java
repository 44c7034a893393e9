/** The Open Inference Protocol v2: requests, responses, metadata, errors. */
@NullMarked
package dev.ringside.contract.inference;

import org.jspecify.annotations.NullMarked;
