package dev.ringside.training.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.learning.LearntVectors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddingPagesTest {
    private static final LearntVectors VECTORS = new LearntVectors(
            "city",
            List.of(LearntVectors.OTHERS, "Aachen", "Bonn", "Cologne", "D|ren", "Essen", "Fulda"),
            4,
            new float[] {
                6.07f, -0.93f, 2.02f, -0.88f, -1.37f, 0, 2, -1.53f, 4.05f, 1.2f, 1.69f, -1.05f, 2.52f, -0.52f, 1.88f,
                -1.44f, 2.66f, 0.25f, 2.14f, -1.46f, 5.95f, 0.31f, 1.81f, -0.39f, 0.86f, -2.9f, 1.8f, -1.69f
            });

    /** By NumPy 1.24: the rows scaled to length 1, multiplied. */
    @Test
    void theNearestAreThoseOfTheSmallestAngle() {
        List<Neighbours.Neighbour> nearest = new Neighbours(VECTORS).of(1, 3);

        assertEquals(
                List.of("Fulda", "D|ren", "Cologne"),
                nearest.stream().map(Neighbours.Neighbour::text).toList());
        assertArrayEquals(
                new double[] {0.4473727111199388, 0.2689859948862044, 0.25046232925940637},
                nearest.stream().mapToDouble(Neighbours.Neighbour::cosine).toArray(),
                1e-6);
    }

    /** By NumPy 1.24: the singular value decomposition of the centred rows. */
    @Test
    void thePlaneIsThatOfTheFirstTwoPrincipalComponents() {
        var plane = new PrincipalPlane(VECTORS);

        assertArrayEquals(new double[] {2.9871432483955855, -1.067959800302969}, plane.at(0), 1e-5);
        assertArrayEquals(new double[] {-2.533591783021298, -2.153002126094224}, plane.at(6), 1e-5);
        assertArrayEquals(new double[] {0.8226103483971614, 0.16962022582017128}, plane.shares(), 1e-6);
    }

    @Test
    void aPageNamesTheNearestOfEachTextAndATableHasTheVectors() {
        Map<String, String> files = EmbeddingPages.of(List.of(VECTORS, VECTORS));

        assertEquals(
                Set.of(
                        "neighbours.md",
                        "embedding-city.csv",
                        "embedding-city.svg",
                        "embedding-city-2.csv",
                        "embedding-city-2.svg"),
                files.keySet());
        assertTrue(files.keySet().stream().allMatch(EmbeddingPages::owns));
        String page = files.get(EmbeddingPages.PAGE);
        assertTrue(page.contains("| Aachen | Fulda (0.45), D\\|ren (0.27), Cologne (0.25), "), page);
        assertTrue(page.contains("## city-2"), page);
        String table = files.get("embedding-city.csv");
        assertEquals(8, table.lines().count(), table);
        assertTrue(table.startsWith("text,v1,v2,v3,v4\n\"(rare or unknown)\",6.07,-0.93,2.02,-0.88\n"), table);
        String picture = files.get("embedding-city.svg");
        assertTrue(picture.contains(">Fulda</text>") && !picture.contains("rare"), picture);
    }

    @Test
    void vectorsThatAreAllAlikeHaveNoPlaneButAPage() {
        var alike = new LearntVectors("a/b", List.of(LearntVectors.OTHERS, "x", "y"), 2, new float[6]);

        Map<String, String> files = EmbeddingPages.of(List.of(alike));

        assertTrue(files.get(EmbeddingPages.PAGE).contains("| x | y (0.00) |"), files::toString);
        assertTrue(files.containsKey("embedding-a_b.svg"), files::toString);
        assertEquals(Map.of(), EmbeddingPages.of(List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new LearntVectors("c", List.of("x"), 2, new float[] {1, 2, 3}));
    }
}
