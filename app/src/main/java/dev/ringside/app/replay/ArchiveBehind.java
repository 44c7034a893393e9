package dev.ringside.app.replay;

import dev.ringside.experiments.look.Look;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The archive does not hold yet what a look was made from: it is published in files, some time after the events. Nothing
 * can be said of such a look, least of all that it differs.
 */
public final class ArchiveBehind extends IOException {
    private static final long serialVersionUID = 1L;

    private ArchiveBehind(String message) {
        super(message);
    }

    /** The last offset of each partition that looks cite. */
    static Map<Integer, Long> cited(List<Look> looks) {
        var cited = new TreeMap<Integer, Long>();
        looks.forEach(look -> look.record().offsets().forEach((p, offset) -> cited.merge(p, offset, Math::max)));
        return cited;
    }

    /**
     * Checks that an archive holds everything that is cited.
     *
     * @param cited by partition, the last offset
     * @param ends by partition, the offset after the last one that the archive holds
     */
    static void require(Map<Integer, Long> cited, Map<Integer, Long> ends) throws ArchiveBehind {
        for (Map.Entry<Integer, Long> last : cited.entrySet()) {
            long end = ends.getOrDefault(last.getKey(), 0L);
            if (end <= last.getValue()) {
                throw new ArchiveBehind("the archive has not reached offset " + last.getValue() + " of partition "
                        + last.getKey() + ", which the looks cite; it holds "
                        + (end == 0 ? "nothing of it" : "offsets up to " + (end - 1))
                        + ". It is written ringside.metrics.archive-after behind the events, and when the"
                        + " platform stops in order: try again then");
            }
        }
    }
}
