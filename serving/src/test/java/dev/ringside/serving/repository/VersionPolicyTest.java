package dev.ringside.serving.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionPolicyTest {
    private static final List<String> MIXED = List.of("9", "beta", "10", "2", "alpha");

    @Test
    void theGreatestNumberIsTheLatestNotTheLastText() {
        assertEquals(List.of("10"), new VersionPolicy.Latest(1).select(MIXED));
        assertEquals(List.of("10", "9"), new VersionPolicy.Latest(2).select(MIXED));
        assertEquals(List.of("10", "9", "2"), new VersionPolicy.Latest(7).select(MIXED));
    }

    @Test
    void namesAreTheLatestOnlyWhereThereAreNoNumbers() {
        assertEquals(List.of("v2"), new VersionPolicy.Latest(1).select(List.of("v1", "v2")));
        assertEquals(List.of("007"), new VersionPolicy.Latest(1).select(List.of("007")));
    }

    @Test
    void allAreServedNumbersFirst() {
        assertEquals(List.of("10", "9", "2", "beta", "alpha"), new VersionPolicy.All().select(MIXED));
    }

    @Test
    void aVersionThatIsAskedForAndMissingIsSelectedSoThatItFails() {
        assertEquals(List.of("10", "3"), new VersionPolicy.Specific(List.of("3", "10", "3")).select(MIXED));
    }

    @Test
    void ofNothingNothingIsSelected() {
        assertEquals(List.of(), new VersionPolicy.Latest(1).select(List.of()));
    }
}
