package dev.ringside.benchmarks.serving;

/** What is measured of the batcher, in this process. */
public enum ServingMeasure implements Keyed {
    /** What is left of the session's pace. */
    ENGINE_RATIO(
            "rows a second through the batcher, one row a request, over those of the same session in a plain loop at the"
                    + " batch that was formed; network " + Network.LARGE.name()),
    /** The same where the model is next to nothing. */
    ENGINE_RATIO_SMALL("the same with the network " + Network.SMALL.name()),
    /** What joining gains. */
    BATCHING_GAIN_RATIO("rows a second with batches of up to 64 rows, over those of one request at a time; network "
            + Network.LARGE.name()),
    /** What a batcher costs that has nothing to join. */
    IDLE_WAIT_MS(
            "milliseconds from the arrival of a request at an idle batcher to its run, median, although it may hold"
                    + " requests for 5 ms");

    private final String about;

    ServingMeasure(String about) {
        this.about = about;
    }

    @Override
    public String about() {
        return about;
    }
}
