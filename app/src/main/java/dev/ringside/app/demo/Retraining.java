package dev.ringside.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.demo.report.Retrained;
import dev.ringside.app.retraining.LogExport;
import dev.ringside.app.retraining.Proposal;
import dev.ringside.app.retraining.Regions;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The loop closed once more: a challenger from the platform's own log, the experiment that is proposed for it, its start. */
final class Retraining {
    /** When it happens: the log of the months before is there. */
    static final LocalDate DAY = LocalDate.parse("2001-06-01");

    /** The version, and the experiment. */
    static final String NAME = "retrained";

    /** What is left of the replay then. */
    private static final int WEEKS_LEFT = 4;

    private final Setup setup;
    private final ControlClient control;
    private final ArchiveEnd archive;
    private final DemoFiles files;
    private final Path data;
    private final Path models;
    private final Consumer<String> say;

    /**
     * @param data the platform's data folder
     * @param models the folder for models, where the champion's is
     * @param say where it is told what is done
     */
    Retraining(
            Setup setup,
            ControlClient control,
            ArchiveEnd archive,
            DemoFiles files,
            Path data,
            Path models,
            Consumer<String> say) {
        this.setup = setup;
        this.control = control;
        this.archive = archive;
        this.files = files;
        this.data = data;
        this.models = models;
        this.say = say;
    }

    /** Trains, proposes and starts; what comes of it is seen at the end of the replay. */
    Retrained run(Setup.Slot slot, Function<List<String>, ProcessBuilder> trainer)
            throws IOException, ControlFailure, InterruptedException {
        archive.await();
        Path training = models.resolve(NAME + ".yaml");
        // The document names the champion's folder from where it stands in the source tree.
        Files.writeString(training, Files.readString(files.retraining()).replace("../../models/", ""));
        LogExport.Exported rows =
                new LogExport(data, StartSettings.read(null).metrics().unitOutcomes(), say).export(training, models);
        if (rows == null) {
            throw new IOException(training + " asks for no log");
        }
        say.accept("training version " + NAME + " on them");
        JsonNode result = setup.train(training, rows.file(), models, trainer);
        Proposal.Draft draft;
        try {
            draft = new Proposal(training, WEEKS_LEFT)
                    .draft(result, rows.manifest().unitsPerDay(), Regions.free(control, slot.name()));
        } catch (IOException e) {
            say.accept(String.valueOf(e.getMessage()));
            return new Retrained(
                    rows.manifest(), result.path("sha256").asText(), null, String.valueOf(e.getMessage()), List.of());
        }
        Files.writeString(models.resolve(NAME + "-experiment.yaml"), draft.yaml());
        ObjectNode experiment = Json.readYaml(draft.yaml(), ObjectNode.class);
        List<String> regions = new ArrayList<>();
        experiment.path("waves").path(0).forEach(region -> regions.add(region.asText()));
        say.accept("experiment '" + NAME + "' is proposed and started in " + String.join(" and ", regions));
        setup.start(slot, experiment);
        return new Retrained(rows.manifest(), result.path("sha256").asText(), experiment, null, List.of());
    }
}
