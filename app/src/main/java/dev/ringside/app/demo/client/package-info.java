/** The product service that the demo plays: it asks for predictions and reports what happened, over HTTP only. */
@NullMarked
package dev.ringside.app.demo.client;

import org.jspecify.annotations.NullMarked;
