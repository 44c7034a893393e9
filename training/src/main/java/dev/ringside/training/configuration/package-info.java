/** What is to be trained, as the YAML document says it. */
@NullMarked
package dev.ringside.training.configuration;

import org.jspecify.annotations.NullMarked;
