package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BooksTest {
    private static final Books.Classes CLASSES = new Books.Classes(10, 5, 1, 2, 1, 1, 0);

    @Test
    void nothingIsLostWhenEverythingIsFoundOnce() {
        var books = Books.of(7, new Books.Logged(7, 0, 0, 20, 0, 0), CLASSES);
        assertEquals(0, books.lost());
        assertEquals(7, books.predictionsAnswered());
        assertEquals(7, books.predictionsLogged());
        assertEquals(20, books.outcomesAccepted());
        assertEquals(10, books.counted());
    }

    @Test
    void aPredictionThatIsOnOneSideOnlyIsLostEvenIfTheTotalsAreEqual() {
        assertEquals(
                2, Books.of(7, new Books.Logged(7, 1, 1, 20, 0, 0), CLASSES).lost());
    }

    @Test
    void anAcceptedOutcomeThatIsNotInTheLogIsLost() {
        assertEquals(
                3, Books.of(7, new Books.Logged(7, 0, 0, 20, 3, 0), CLASSES).lost());
    }

    @Test
    void anOutcomeWithoutAFinalClassIsLost() {
        var pending = new Books.Classes(9, 5, 1, 2, 1, 1, 1);
        assertEquals(
                1, Books.of(7, new Books.Logged(7, 0, 0, 20, 0, 0), pending).lost());
    }

    @Test
    void anOutcomeThatIsCountedTwiceIsNoBalanceEither() {
        var twice = new Books.Classes(11, 5, 1, 2, 1, 1, 0);
        assertEquals(1, Books.of(7, new Books.Logged(7, 0, 0, 20, 0, 0), twice).lost());
    }
}
