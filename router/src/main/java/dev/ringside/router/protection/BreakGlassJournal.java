package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.FleetReport.BreakGlassChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The last changes by break-glass, with who and why, kept on disk: they are audited when somebody reads this router's
 * reports again, however long that takes and however often it starts in between. What it cannot keep changes nothing
 * about what is forced.
 */
public final class BreakGlassJournal {
    private static final System.Logger LOG = System.getLogger(BreakGlassJournal.class.getName());

    /** They travel in each report. */
    private static final int MOST = 20;

    private final Path file;
    private final Clock clock;
    private volatile Content content;

    private record Content(List<Forced> forced, List<BreakGlassChange> changes) {
        static final Content NOTHING = new Content(List.of(), List.of());

        Content {
            forced = List.copyOf(forced);
            changes = List.copyOf(changes);
        }
    }

    /**
     * Reads what is kept.
     *
     * @param file in a folder that exists and is this router's alone
     * @param clock the wall's
     */
    public BreakGlassJournal(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.content = read(file);
    }

    private static Content read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), Content.class);
        } catch (NoSuchFileException e) {
            return Content.NOTHING;
        } catch (IOException | InvalidInput e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "break-glass: " + file + " cannot be read, changes that were not audited are lost: " + e);
            return Content.NOTHING;
        }
    }

    /** What was in effect after the last change. */
    List<Forced> forced() {
        return content.forced;
    }

    /** The last changes, the oldest first. */
    List<BreakGlassChange> changes() {
        return content.changes;
    }

    /**
     * Keeps what changed.
     *
     * @param next what is in effect now
     * @param order what a person said of the place that they changed by call; places that it does not speak of were
     *     changed in the file
     */
    void record(List<Forced> next, List<Forced> order) {
        var changes = new ArrayList<>(content.changes);
        for (Forced place : next) {
            if (!content.forced.contains(place)) {
                changes.add(new BreakGlassChange(time(changes), place.place(), true, place.by(), place.why()));
            }
        }
        for (Forced place : content.forced) {
            if (next.stream().noneMatch(place::samePlace)) {
                Forced said = order.stream()
                        .filter(place::samePlace)
                        .findFirst()
                        .orElseGet(() -> new Forced(place.slot(), place.segment(), null, null));
                changes.add(new BreakGlassChange(time(changes), place.place(), false, said.by(), said.why()));
            }
        }
        if (changes.size() == content.changes.size()) {
            return;
        }
        content = new Content(next, changes.subList(Math.max(0, changes.size() - MOST), changes.size()));
        try {
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.write(written, Json.bytes(content));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "break-glass: " + file + " cannot be written, the change is audited only if it is reported"
                            + " before the next start: " + e);
        }
    }

    /** Later than every change before, whatever the clock does: that is how it is known which were audited. */
    private Instant time(List<BreakGlassChange> before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (before.isEmpty() || now.isAfter(before.getLast().at())) {
            return now;
        }
        return before.getLast().at().plusMillis(1);
    }
}
