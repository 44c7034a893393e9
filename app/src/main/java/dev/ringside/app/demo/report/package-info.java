/** What the demo concludes: verdicts beside the truth and a peeked t-test, and the books. */
@NullMarked
package dev.ringside.app.demo.report;

import org.jspecify.annotations.NullMarked;
