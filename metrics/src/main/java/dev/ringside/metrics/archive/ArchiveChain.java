package dev.ringside.metrics.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Files of one partition of which each begins where the one before ends, out of files that may overlap. */
final class ArchiveChain {
    private final long from;

    /** By the offset after its last record, a file that leads there. */
    private final NavigableMap<Long, ArchiveFile> byEnd;

    private ArchiveChain(long from, NavigableMap<Long, ArchiveFile> byEnd) {
        this.from = from;
        this.byEnd = byEnd;
    }

    /**
     * Everything that can be reached from an offset.
     *
     * @param files of one partition, in any order
     */
    static ArchiveChain from(long offset, List<ArchiveFile> files) {
        var byEnd = new TreeMap<Long, ArchiveFile>();
        // A file ends after it begins, so whatever leads to one comes before it in this order.
        files.stream()
                .sorted(Comparator.comparingLong(ArchiveFile::first)
                        .thenComparingLong(ArchiveFile::last)
                        .thenComparing(ArchiveFile::sha256))
                .filter(file -> file.first() == offset || byEnd.containsKey(file.first()))
                .forEach(file -> byEnd.putIfAbsent(file.last() + 1, file));
        return new ArchiveChain(offset, byEnd);
    }

    /** The furthest offset that is reached: the first that no file has. */
    long end() {
        return byEnd.isEmpty() ? from : byEnd.lastKey();
    }

    /** Whether a file that begins at an offset would go on. */
    boolean reaches(long offset) {
        return offset == from || byEnd.containsKey(offset);
    }

    /** The files that lead to the end, in the order of their offsets. */
    List<ArchiveFile> files() {
        var files = new ArrayList<ArchiveFile>();
        for (long at = end(); at != from; ) {
            ArchiveFile last = byEnd.get(at);
            if (last == null) {
                throw new IllegalStateException("nothing leads to offset " + at);
            }
            files.addFirst(last);
            at = last.first();
        }
        return files;
    }
}
