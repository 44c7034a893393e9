/** The manifest that travels with a model file. */
@NullMarked
package dev.ringside.contract.model;

import org.jspecify.annotations.NullMarked;
