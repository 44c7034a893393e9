/** Redis by Lettuce: one connection, which all requests share, and which is made again whenever it is lost. */
@NullMarked
package dev.ringside.app.redis;

import org.jspecify.annotations.NullMarked;
