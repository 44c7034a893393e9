package dev.ringside.training.dataset;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DuckDB complains of, without its advice on its own options: which line, which column, which value. */
final class Complaint {
    private static final Pattern CSV = Pattern.compile(
            "CSV Error on Line: (\\d+)\\s+Original Line:\\s*([^\\n]*)\\n([^\\n]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern MEMORY = Pattern.compile("Out of Memory Error: ([^\\n]*)");

    private Complaint() {}

    static String of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher csv = CSV.matcher(message);
        if (csv.find()) {
            return "line " + csv.group(1) + ": " + csv.group(3).strip() + "; the line is "
                    + csv.group(2).strip();
        }
        Matcher memory = MEMORY.matcher(message);
        if (memory.lookingAt()) {
            return "needs more memory than the document's key memory allows, also with what can lie on the disk ("
                    + memory.group(1).strip()
                    + "): raise it, or sort, group and join fewer and narrower columns at once in the source query";
        }
        return message;
    }
}
