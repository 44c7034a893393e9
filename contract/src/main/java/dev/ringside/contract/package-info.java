/** What crosses a process. A type is here only if it does, and has a golden sample in the tests. */
@NullMarked
package dev.ringside.contract;

import org.jspecify.annotations.NullMarked;
