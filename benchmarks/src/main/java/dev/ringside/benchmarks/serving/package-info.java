/** How fast the batcher of the model server is, beside the session that it runs. */
@NullMarked
package dev.ringside.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
