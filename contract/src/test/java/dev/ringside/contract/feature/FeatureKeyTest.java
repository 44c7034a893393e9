package dev.ringside.contract.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureKey.Part;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureKeyTest {
    @Test
    void aKeyIsTextWithNamesInBraces() {
        assertEquals(
                List.of(new Part.Text("user:"), new Part.Name("unit"), new Part.Text(":"), new Part.Name("segment")),
                FeatureKey.parse("user:{unit}:{segment}").parts());
        assertEquals(
                List.of(new Part.Text("prices")), FeatureKey.parse("prices").parts());
        assertEquals(
                List.of(new Part.Name("a"), new Part.Name("b"), new Part.Text("!")),
                FeatureKey.parse("{a}{b}!").parts());
    }

    @Test
    void onlyNamesThatAreNoParametersAreInputs() {
        assertEquals(Set.of("item"), FeatureKey.parse("{segment}:{unit}:{item}").inputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user:{unit", "user:{}", "user:}unit{", "user:{a{b}}", "user:{unit}}"})
    void aKeyWhoseBracesDoNotMatchIsRefused(String written) {
        var refusal = assertThrows(InvalidInput.class, () -> FeatureKey.parse(written));
        assertTrue(refusal.rule().contains("found"), refusal::getMessage);
    }
}
