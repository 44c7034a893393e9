/** Whether rows are what a training takes them for: a schema, drift between parts, features that tell the label. */
@NullMarked
package dev.ringside.training.validation;

import org.jspecify.annotations.NullMarked;
