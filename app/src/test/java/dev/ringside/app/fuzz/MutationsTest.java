package dev.ringside.app.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MutationsTest {
    private static final int TIMES = 2_000;

    @Test
    void theSameSeedGivesTheSameRequest() {
        for (int seed = 0; seed < TIMES; seed++) {
            assertEquals(text(seed), text(seed));
            assertArrayEquals(
                    new Messages(new SplittableRandom(seed)).message(),
                    new Messages(new SplittableRandom(seed)).message());
            assertArrayEquals(bytes(seed), bytes(seed));
        }
    }

    @Test
    void hardlyAnyIsLeftAsItWasAndFewAreAlike() {
        var texts = new HashSet<String>();
        int same = 0;
        for (int seed = 0; seed < TIMES; seed++) {
            String text = text(seed);
            texts.add(text);
            same += text.equals(RightRequests.json()) ? 1 : 0;
        }
        assertTrue(same < TIMES / 50, same + " left as they were");
        assertTrue(texts.size() > TIMES * 3 / 4, texts.size() + " different ones");
    }

    private static String text(long seed) {
        return new Text(new SplittableRandom(seed)).changed(RightRequests.json());
    }

    private static byte[] bytes(long seed) {
        return new Bytes(new SplittableRandom(seed)).changed(EchoFile.bytes());
    }
}
