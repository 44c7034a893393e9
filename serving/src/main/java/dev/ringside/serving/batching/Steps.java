package dev.ringside.serving.batching;

import java.util.ArrayList;
import java.util.List;

/**
 * What was decided under a batcher's lock and is done after it was let go: nobody is answered, and nothing begins, while
 * it is held.
 */
final class Steps {
    final List<Batch> begin = new ArrayList<>(1);
    final List<Ticket> late = new ArrayList<>(0);
    final List<Ticket> gone = new ArrayList<>(0);
    boolean end;
}
