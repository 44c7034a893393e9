/**
 * Policy region/1 as it was: it reads, shows and makes again the looks of the first release, bit for bit, and decides
 * nothing new. Nothing here is ever changed.
 */
@NullMarked
package dev.ringside.experiments.decision.region1;

import org.jspecify.annotations.NullMarked;
