/** What a policy would have earned, estimated from rounds that another policy decided and logged. */
@NullMarked
package dev.ringside.training.evaluation.offpolicy;

import org.jspecify.annotations.NullMarked;
