/** What a trained model is measured and judged by on rows that it never saw. */
@NullMarked
package dev.ringside.training.acceptance;

import org.jspecify.annotations.NullMarked;
