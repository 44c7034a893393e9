/** What a plan can find, reckoned for a document with its traffic. */
@NullMarked
package dev.ringside.app.plan;

import org.jspecify.annotations.NullMarked;
