package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;

/**
 * A search for the best values of a training document, in a folder of its own: {@code trials.jsonl}, the log;
 * {@code trials/0007/document.yaml}, what each trial trains; {@code best.yaml}, the best one's document, whole;
 * {@code search.json} and {@code history.svg}, the report. Whatever ends it, the same call takes it up again.
 */
public final class Search {
    private static final int FORMAT = 1;

    private final SearchSettings settings;
    private final JsonNode document;
    private final Objective objective;
    private final Path folder;
    private final SearchListener listener;

    /**
     * @param settings as {@link SearchReader} reads them out of the document
     * @param document the whole training document, as it was parsed
     * @param objective runs a trial
     * @param folder of this search alone; made if there is none
     * @param listener is told how it proceeds
     */
    public Search(
            SearchSettings settings, JsonNode document, Objective objective, Path folder, SearchListener listener) {
        this.settings = settings;
        this.document = document;
        this.objective = objective;
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * Runs the trials that are left, and writes the report.
     *
     * @throws SearchFailure if the folder is another search's, or no trial ended well
     * @throws InterruptedException if the caller was interrupted; running trials are told to stop, and run again next time
     */
    public SearchReport run() throws IOException, InterruptedException {
        try (TrialLog log = TrialLog.open(folder, listener::tell)) {
            check(log.earlier());
            var study = new Study(log, settings.space(), settings.direction());
            study.record(new TrialEvent.Opened(FORMAT, digest(), settings.parallel()));
            boolean whole = new SearchSession(settings, document, objective, folder, listener, study).run();
            return report(study, whole);
        } catch (ClosedByInterruptException e) { // the interrupt came while a line was written
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("while the log was written").initCause(e);
        }
    }

    /** What decides the trials; how many there are, and how long they may take, can change between two starts. */
    private String digest() {
        ObjectNode searched = document.deepCopy();
        searched.remove("search");
        return Digests.sha256(Json.bytes(List.of(
                searched,
                settings.method().name(),
                settings.startup(),
                settings.metric(),
                settings.direction().name(),
                settings.seed(),
                String.valueOf(settings.seedAt()),
                settings.space().parameters().toString(),
                settings.pruner().toString())));
    }

    private void check(List<TrialEvent> earlier) {
        if (earlier.isEmpty()) {
            return;
        }
        if (!(earlier.getFirst() instanceof TrialEvent.Opened opened) || opened.format() != FORMAT) {
            throw new SearchFailure(folder.resolve(TrialLog.FILE) + " was written by another release: expected format "
                    + FORMAT + "; take another folder");
        }
        if (!opened.search().equals(digest())) {
            throw new SearchFailure(folder + " has the trials of another search: its document, space, method, metric,"
                    + " seed or pruner was another; take another folder, or the document of that search");
        }
        int parallel = earlier.stream()
                .filter(TrialEvent.Opened.class::isInstance)
                .map(TrialEvent.Opened.class::cast)
                .toList()
                .getLast()
                .parallel();
        if (parallel != settings.parallel()) {
            listener.tell("taken up with parallel: " + settings.parallel() + ", before it was " + parallel
                    + ": the trials from here on are others than they would have been");
        }
    }

    private SearchReport report(Study study, boolean whole) throws IOException {
        History history = study.history();
        if (history.best().isEmpty()) {
            throw new SearchFailure(
                    "no trial ended well" + (whole ? "" : " before the deadline") + history.lastFailure());
        }
        SearchReport report = SearchReport.of(settings, history, whole);
        SearchSession.writeBest(settings, document, folder, history.best().orElseThrow());
        SearchFiles.write(folder.resolve("search.json"), Json.pretty(report) + "\n");
        SearchFiles.write(folder.resolve("history.svg"), HistoryPlot.svg(settings.metric(), history));
        return report;
    }
}
