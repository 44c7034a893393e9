/** The control plane's registry, as the trainer sees it. */
@NullMarked
package dev.ringside.training.registration;

import org.jspecify.annotations.NullMarked;
