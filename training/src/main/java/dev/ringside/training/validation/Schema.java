package dev.ringside.training.validation;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What columns are expected to hold: learnt from data, edited by people, and held to later data (Breck et al. 2019, Data
 * Validation for Machine Learning).
 *
 * @param columns the rules by the column's name, in order
 */
public record Schema(SequencedMap<String, ColumnRule> columns) {
    /** Up to so many different texts are a vocabulary; more are taken for names of things, of which new ones come. */
    static final int MOST_TEXTS = 100;

    public Schema {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
    }

    /**
     * Learns a schema that the rows themselves hold to: their ranges, their texts where there are at most 100, and as
     * share of missing values half as much again, but no more than half of those that are there.
     */
    public static Schema learn(Table rows, List<FeatureSpec> features) {
        SequencedMap<String, ColumnRule> columns = new LinkedHashMap<>();
        for (FeatureSpec feature : features) {
            columns.put(
                    feature.name(),
                    ColumnSummary.of(feature, rows.column(feature.name())).rule());
        }
        return new Schema(columns);
    }

    /** The schema as a YAML document that is read back as the same. */
    public String yaml() {
        var yaml = new StringBuilder("columns:\n");
        columns.forEach((name, rule) -> {
            List<String> fields = new ArrayList<>();
            fields.add("type: " + rule.type().name().toLowerCase(Locale.ROOT));
            Range range = rule.range();
            if (range != null) {
                fields.add("range: " + range.words(rule.single()));
            }
            List<String> values = rule.values();
            if (values != null) {
                fields.add("values: ["
                        + String.join(", ", values.stream().map(Json::write).toList()) + "]");
            }
            Range length = rule.length();
            if (length != null) {
                fields.add("length: " + length.words(false));
            }
            fields.add("missing: " + Words.number(rule.missing(), false));
            if (rule.outside() > 0) {
                fields.add("outside: " + Words.number(rule.outside(), false));
            }
            yaml.append("  ")
                    .append(name.matches("[A-Za-z][A-Za-z0-9_]*") ? name : Json.write(name))
                    .append(": {")
                    .append(String.join(", ", fields))
                    .append("}\n");
        });
        return yaml.toString();
    }

    /** Digest of its YAML. */
    public String sha256() {
        return Digests.sha256(yaml().getBytes(StandardCharsets.UTF_8));
    }
}
