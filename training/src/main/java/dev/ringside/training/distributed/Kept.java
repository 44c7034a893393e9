package dev.ringside.training.distributed;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Native objects that live as long as the process. A process meets others once, and where stores and process groups are
 * given back, at once or by the garbage collector, the native heap is damaged (bytedeco 1.5.13).
 */
final class Kept {
    private static final List<Pointer> ALL = new ArrayList<>();

    private Kept() {}

    static <P extends Pointer> P of(P pointer) {
        synchronized (ALL) {
            ALL.add(pointer);
        }
        return pointer;
    }
}
