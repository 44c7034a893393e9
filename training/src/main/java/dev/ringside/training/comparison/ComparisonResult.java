package dev.ringside.training.comparison;

import dev.ringside.training.evaluation.Estimate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Ways to sample, each fitted to a document's own training part and measured on its test part, as {@code --json} writes
 * them.
 *
 * @param slot the slot
 * @param version the version
 * @param seed the seed
 * @param trainRows how many rows teach
 * @param testRows how many rows measure
 * @param testPositives how many of these are positives
 * @param rows one a way, the first of the rows as they are
 */
public record ComparisonResult(
        String slot, String version, long seed, long trainRows, long testRows, long testPositives, List<Row> rows) {
    /** Keeps the list as it is. */
    public ComparisonResult {
        rows = List.copyOf(rows);
    }

    /**
     * One way.
     *
     * @param technique what it is called
     * @param measured what it came to; null where the document cannot be sampled so
     * @param refused why it cannot; null where it can
     */
    public record Row(
            String technique,
            @Nullable Measured measured,
            @Nullable String refused) {}

    /**
     * What a way came to.
     *
     * @param auc area under the ROC curve
     * @param difference from the AUC of the rows as they are, paired on the same rows
     * @param averagePrecision area under the precision-recall curve
     * @param logLoss of corrected scores
     * @param calibrationBefore expected calibration error of the scores as they were learnt; null where a combination
     *     learnt from corrected ones
     * @param calibrationAfter the same of the scores that leave, under the data's own prior
     * @param seconds that fitting took
     */
    public record Measured(
            Estimate auc,
            Estimate difference,
            Estimate averagePrecision,
            Estimate logLoss,
            @Nullable Double calibrationBefore,
            double calibrationAfter,
            double seconds) {}

    /** The table, for people. */
    public String markdown() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "# Ways to sample %s/%s%n%nFitted to %d rows, measured on the %d rows of the test part, of which %d are"
                        + " positives; seed %d. Intervals at level .95; the difference is paired on the same rows"
                        + " (DeLong).%n%n"
                        + "| technique | AUC | AUC less that of the rows as they are | PR-AUC | log loss | calibration"
                        + " error before | after the correction | seconds |%n|---|---|---|---|---|---|---|---|%n",
                slot,
                version,
                trainRows,
                testRows,
                testPositives,
                seed));
        for (Row row : rows) {
            Measured measured = row.measured();
            text.append(
                    measured == null
                            ? String.format(
                                    Locale.ROOT,
                                    "| %s | not with this document: %s |||||||%n",
                                    row.technique(),
                                    row.refused())
                            : String.format(
                                    Locale.ROOT,
                                    "| %s | %s | %s | %s | %s | %s | %.4f | %.1f |%n",
                                    row.technique(),
                                    measured.auc(),
                                    measured.difference(),
                                    measured.averagePrecision(),
                                    measured.logLoss(),
                                    measured.calibrationBefore() == null
                                            ? "–"
                                            : String.format(Locale.ROOT, "%.4f", measured.calibrationBefore()),
                                    measured.calibrationAfter(),
                                    measured.seconds()));
        }
        return text.toString();
    }
}
