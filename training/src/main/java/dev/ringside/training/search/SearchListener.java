package dev.ringside.training.search;

import java.util.OptionalDouble;

/** Someone who watches a search. */
public interface SearchListener {
    /** Something that a person should know, such as that a search is taken up again. */
    void tell(String words);

    /**
     * A trial has ended.
     *
     * @param number from 0
     * @param words how it ended
     * @param best the best value so far
     * @param ended how many trials have ended
     * @param trials how many there are to be
     */
    void ended(int number, String words, OptionalDouble best, int ended, int trials);

    /** Nobody. */
    static SearchListener none() {
        return new SearchListener() {
            @Override
            public void tell(String words) {}

            @Override
            public void ended(int number, String words, OptionalDouble best, int ended, int trials) {}
        };
    }
}
