package dev.ringside.app.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What becomes of a request's JSON that somebody got wrong. */
final class Text {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LIST = Pattern.compile("\\[[^\\[\\]{}]*]");
    private static final Pattern OBJECT_END = Pattern.compile("}");
    private static final int MOST_CHANGES = 3;
    private static final int DEEP = 250_000;
    private static final int MANY = 2_000;

    private static final List<String> NUMBERS = List.of(
            "NaN",
            "Infinity",
            "-1",
            "-0",
            "0",
            "1e999",
            "1e-400",
            "2147483648",
            "9223372036854775807",
            "99999999999999999999",
            "0.1",
            "007",
            "\"1\"",
            "null",
            "true",
            "[]",
            "{}");
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"x\"",
            "\"FP16\"",
            "\"BF16\"",
            "\"UINT8\"",
            "\"FP99\"",
            "\"x_out\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"" + "é".repeat(5_000) + "\"",
            "1",
            "null",
            "[\"a\"]",
            "{\"a\":1}");
    private static final List<String> SHAPES = List.of(
            "[9223372036854775807,2]",
            "[4611686018427387904,4]",
            "[2147483648,2147483648]",
            "[4294967296,0]",
            "[-1,2]",
            "[0,2]",
            "[2,1]",
            "[]",
            "[2]",
            "[1,2,1]",
            "[1.5,2]",
            "[\"1\",2]",
            "[1" + ",1".repeat(MANY) + "]");
    private static final List<String> MEMBERS = List.of(
            "\"timeout\":1",
            "\"timeout\":-5",
            "\"priority\":99999999999",
            "\"sequence_id\":5,\"sequence_start\":true",
            "\"classification\":1",
            "\"classification\":-1",
            "\"binary_data_output\":\"yes\"",
            "\"binary_data_size\":99999999999",
            "\"shared_memory_region\":\"r\"",
            "\"triton_enable_empty_final_response\":true",
            "\"unit\":\"u\",\"region\":7",
            "\"name\":\"x\"",
            "\"parameters\":{\"parameters\":{}}",
            "\"outputs\":[" + "{\"name\":\"x_out\"},".repeat(MANY) + "{\"name\":\"x_out\"}]",
            "\"outputs\":[{\"name\":\"x_out\",\"parameters\":{\"classification\":2}}]");

    private final SplittableRandom random;

    Text(SplittableRandom random) {
        this.random = random;
    }

    /** One to three changes. */
    String changed(String right) {
        String wrong = right;
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            wrong = once(wrong);
        }
        return wrong;
    }

    private String once(String json) {
        int at = random.nextInt(json.length() + 1);
        return switch (random.nextInt(9)) {
            case 0 -> json.substring(0, at);
            case 1 -> json.substring(0, at) + (char) (' ' + random.nextInt(95)) + json.substring(at);
            case 2 -> json.substring(0, at) + json.substring(Math.min(json.length(), at + 1 + random.nextInt(20)));
            case 3 -> json.substring(0, at) + json.substring(random.nextInt(at + 1));
            case 4 -> replaced(json, NUMBER, one(NUMBERS));
            case 5 -> replaced(json, STRING, one(STRINGS));
            case 6 -> replaced(json, LIST, one(SHAPES));
            case 7 -> replaced(json, OBJECT_END, "," + one(MEMBERS) + "}");
            // Seldom, as it is long.
            default ->
                random.nextInt(20) == 0
                        ? replaced(json, LIST, "[".repeat(DEEP) + (random.nextBoolean() ? "]".repeat(DEEP) : ""))
                        : replaced(json, LIST, "[[[[[0.5]],-1.5]]]");
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** With one of the places where a pattern is found replaced. */
    private String replaced(String json, Pattern pattern, String by) {
        List<MatchResult> found =
                new ArrayList<>(pattern.matcher(json).results().toList());
        if (found.isEmpty()) {
            return json + by;
        }
        MatchResult place = one(found);
        return json.substring(0, place.start()) + by + json.substring(place.end());
    }
}
