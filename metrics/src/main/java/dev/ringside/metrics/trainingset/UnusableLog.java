package dev.ringside.metrics.trainingset;

import java.io.IOException;
import java.util.List;

/** A log of which the rows that were asked for cannot be made, with every reason. */
public final class UnusableLog extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableLog(String subject, List<String> problems) {
        super(subject + ":\n  - " + String.join("\n  - ", problems));
    }
}
