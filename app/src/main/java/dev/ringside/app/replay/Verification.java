package dev.ringside.app.replay;

import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.LettingGo;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookReplay;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.store.Installation;
import dev.ringside.experiments.store.Store;
import dev.ringside.metrics.archive.ArchiveReader;
import dev.ringside.metrics.archive.Replay;
import dev.ringside.metrics.attribution.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Makes the looks of an installation again from its archive, and says what is not as it was. */
public final class Verification {
    private final Store store;
    private final Path archive;
    private final int unitOutcomes;

    /**
     * A look that was made again.
     *
     * @param look as it is kept
     * @param problems what differs; empty if it is the same, bit for bit
     */
    public record Checked(Look look, List<String> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Prepares a verification.
     *
     * @param database of the control plane
     * @param archive the folder of the archive
     * @param unitOutcomes how many outcomes of one unit the aggregator keeps
     */
    public Verification(DataSource database, Path archive, int unitOutcomes) {
        this.unitOutcomes = unitOutcomes;
        this.store = new Store(database, new Changes(), List.of());
        this.archive = archive;
    }

    /**
     * Makes every look again.
     *
     * @param asked the looks that somebody asked for: the archive must hold all that they cite
     * @param steps hears what is being done
     * @throws ArchiveBehind if the archive does not hold yet what a look that was asked for cites
     * @throws dev.ringside.metrics.archive.ArchiveDamage if the archive is not what was published
     */
    public List<Checked> run(Predicate<Look> asked, Consumer<String> steps) throws IOException {
        Installation installation = store.read(Installation::find)
                .orElseThrow(
                        () -> new IllegalStateException("this database has no installation: nothing ever ran on it"));
        List<Look> looks = store.read(LookStore::everything);
        var definitions = store.read(Experiments::definitions);
        List<Experiment> experiments = store.read(Experiments::all);
        steps.accept("checking the archive's files");
        ArchiveReader reader = ArchiveReader.open(archive);
        ArchiveBehind.require(ArchiveBehind.cited(looks.stream().filter(asked).toList()), reader.ends());
        steps.accept("attributing "
                + reader.ends().values().stream().mapToLong(Long::longValue).sum() + " records of "
                + installation.partitions() + " partitions again");
        var known = new Definitions(Duration.ZERO);
        definitions.forEach(known::accept);
        store.read(LettingGo::told).forEach(known::end);
        var ledger = new KpiLedger(installation.partitions(), new Changes());
        new Replay(reader, installation.partitions(), known, unitOutcomes).run(feed(ledger));
        steps.accept("making " + looks.size() + " looks again");
        var replay = new LookReplay(ledger, definitions, experiments);
        return looks.stream()
                .map(look -> new Checked(look, replay.problems(look.record())))
                .toList();
    }

    /** Numbers the messages as their topic would: by partition, in their order. */
    private static Consumer<KpiMessage> feed(KpiLedger ledger) {
        Map<Integer, Long> next = new HashMap<>();
        return message -> ledger.accept(message, next.merge(message.partition(), 1L, Long::sum));
    }
}
