/** What a model server says of the models that it has, as Triton's extensions of the protocol write it. */
@NullMarked
package dev.ringside.contract.repository;

import org.jspecify.annotations.NullMarked;
