/** PostgreSQL: transactions, the outbox and its relay, what was fixed at install. */
@NullMarked
package dev.ringside.experiments.store;

import org.jspecify.annotations.NullMarked;
