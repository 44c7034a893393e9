/** What is shown of all this over HTTP. */
@NullMarked
package dev.ringside.experiments.view;

import org.jspecify.annotations.NullMarked;
