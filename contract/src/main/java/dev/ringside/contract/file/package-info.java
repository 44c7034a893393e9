/** Files that other processes and people read. */
@NullMarked
package dev.ringside.contract.file;

import org.jspecify.annotations.NullMarked;
