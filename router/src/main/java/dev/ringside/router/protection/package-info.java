/** What keeps answers coming: bounded calls with deadlines, and break-glass. */
@NullMarked
package dev.ringside.router.protection;

import org.jspecify.annotations.NullMarked;
