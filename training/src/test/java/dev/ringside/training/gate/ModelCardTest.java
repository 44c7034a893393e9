package dev.ringside.training.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.PartReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static SequencedMap<String, String> map(String name, String value) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    private static ModelCard card(Verdict verdict) {
        return new ModelCard(
                "late/network_3",
                map("data", "sha256:ab|cd"),
                List.of("Not for flights by night."),
                List.of(
                        new PartReport("test", null, 135_577, 28_000L, Map.of("auc", new Estimate(0.7, 0.69, 0.71))),
                        new PartReport("test", "SLC", 40, 11L, Map.of("brier", Estimate.of(0.125)))),
                new Judgement(List.of(verdict, new Verdict.Passed("size", "small", Map.of()))),
                map("ROC curve", "plots/ROC curve.svg"));
    }

    @Test
    void aCardSaysWhatTheModelIsWhatItScoredWhatTheGatesSaidAndShowsThePlots() {
        assertEquals(
                """
                # late/network\\_3

                Accepted by all gates.

                |  |  |
                | --- | --- |
                | data | sha256:ab\\|cd |

                ## Limits

                - Not for flights by night.

                ## Gates

                | gate | verdict | why |
                | --- | --- | --- |
                | champion\\_auc | passed | better |
                | size | passed | small |

                ## Scores: test

                Intervals of level .95 in brackets.

                | segment | rows | positives | auc | brier |
                | --- | --- | --- | --- | --- |
                | all rows | 135,577 | 28,000 | 0.7000 [0.6900, 0.7100] |  |
                | SLC | 40 | 11 |  | 0.1250 |

                ## Plots

                ![ROC curve](plots/ROC%20curve.svg)
                """,
                card(new Verdict.Passed("champion_auc", "better", Map.of())).markdown());
    }

    @Test
    void aRefusedModelsCardSaysSoAndWhy() {
        String card = card(new Verdict.Refused("champion_auc", "worse\nby .1", Map.of()))
                .markdown();

        assertTrue(card.contains("**Refused** by 1 of 2 gates: it must not challenge."), card);
        assertTrue(card.contains("| champion\\_auc | **refused** | worse by .1 |"), card);
    }
}
