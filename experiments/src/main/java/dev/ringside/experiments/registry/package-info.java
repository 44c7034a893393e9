/** Model versions and the files they are made of. */
@NullMarked
package dev.ringside.experiments.registry;

import org.jspecify.annotations.NullMarked;
