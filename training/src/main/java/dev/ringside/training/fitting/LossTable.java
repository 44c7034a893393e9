package dev.ringside.training.fitting;

import dev.ringside.training.learning.LossHistory;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Losses as comma-separated values, for people and their tools: {@code fitting,pass,training,validation}. */
public final class LossTable {
    private static final String HEAD = "fitting,pass,training,validation\n";

    private LossTable() {}

    /** Writes a line a pass. */
    public static String write(SequencedMap<String, LossHistory> losses) {
        var text = new StringBuilder(HEAD);
        losses.forEach((place, history) -> {
            int number = 0;
            for (LossHistory.Pass pass : history.passes()) {
                number++;
                Double validation = pass.validation();
                text.append(place)
                        .append(',')
                        .append(number)
                        .append(',')
                        .append(pass.training())
                        .append(',')
                        .append(validation == null ? "" : validation.toString())
                        .append('\n');
            }
        });
        return text.toString();
    }

    /** Reads what was written, bit for bit. */
    public static SequencedMap<String, LossHistory> read(String text) {
        SequencedMap<String, LossHistory> losses = new LinkedHashMap<>();
        text.substring(HEAD.length()).lines().forEach(line -> {
            String[] cells = line.split(",", -1);
            losses.computeIfAbsent(cells[0], _ -> new LossHistory())
                    .add(Double.parseDouble(cells[2]), cells[3].isEmpty() ? null : Double.valueOf(cells[3]));
        });
        return losses;
    }
}
