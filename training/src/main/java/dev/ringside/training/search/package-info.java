/**
 * Search for the values of a training document. It stands around the training steps: it puts values at paths of the
 * parsed document before the document is read, so every key can be searched and no step knows of it.
 *
 * <p>{@link dev.ringside.training.search.Search} decides by its log alone. Each trial is a line when it starts, for each
 * report and when it ends, forced to the disk before anything else happens; whoever starts the search again reads the
 * lines, runs again what was running, and goes on.
 *
 * <p>What is the same again: with {@code reproducible: true}, the default, trial i is decided from trials 0 to
 * i − {@code parallel} and takes the later ones as running, whether or not they have ended, and starts only once those
 * have. So are the decisions to prune it. The same document, seed and {@code parallel} then give the same trials in
 * value and digest, whoever is faster and however often the search is killed, as long as a training itself repeats and
 * no deadline is met. The price is that workers wait for a trial that takes much longer than its neighbours. With
 * {@code reproducible: false} a worker never waits; what a trial is decided from then depends on who was faster, and
 * only each trial by itself can be repeated: its whole document and seed are kept.
 */
@NullMarked
package dev.ringside.training.search;

import org.jspecify.annotations.NullMarked;
