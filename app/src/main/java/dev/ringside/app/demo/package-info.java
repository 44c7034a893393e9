/** {@code ringside demo}: the closed loop on real flights, from a new folder to verdicts beside the truth. */
@NullMarked
package dev.ringside.app.demo;

import org.jspecify.annotations.NullMarked;
