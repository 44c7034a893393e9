/** Networks that begin with a fitted one: its file, fine-tuning, and regions that deviate from it. */
@NullMarked
package dev.ringside.training.transfer;

import org.jspecify.annotations.NullMarked;
