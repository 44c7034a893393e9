/**
 * Redis by Lettuce: what routers ask of it, over connections that all requests share, each made again whenever it is lost.
 * Features have one of their own, so that no answer of a model that is kept stands in their way.
 */
@NullMarked
package dev.ringside.app.redis;

import org.jspecify.annotations.NullMarked;
