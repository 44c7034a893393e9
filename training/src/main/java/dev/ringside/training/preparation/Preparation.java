package dev.ringside.training.preparation;

import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.split.PartRows;
import dev.ringside.training.split.Parts;
import dev.ringside.training.validation.ServingLog;
import dev.ringside.training.validation.Validation;
import dev.ringside.training.validation.Validation.Requests;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads the rows that a document names, cuts them into parts and holds them to what it says of them. */
public final class Preparation {
    private final TrainingConfiguration configuration;
    private final List<FeatureSpec> champion;
    private final Progress progress;

    /**
     * @param champion what the model in service reads; empty for none
     * @param progress told how it proceeds
     */
    public Preparation(TrainingConfiguration configuration, List<FeatureSpec> champion, Progress progress) {
        this.configuration = configuration;
        this.champion = List.copyOf(champion);
        this.progress = progress;
    }

    /** The columns that are read. */
    public List<FeatureSpec> columns() {
        return ReadColumns.of(configuration, champion);
    }

    /** Reads the rows that the configuration names. */
    public Dataset rows() throws IOException {
        progress.stage("reading "
                + String.join(
                        ", ",
                        configuration.source().files().values().stream()
                                .map(file -> String.valueOf(file.getFileName()))
                                .toList()));
        return new DatasetReader(
                        configuration.source(),
                        configuration.roles(),
                        columns(),
                        configuration.memory(),
                        progress::says)
                .read(configuration.split().range());
    }

    /**
     * Gives each row its part.
     *
     * @throws InvalidData if that cannot be done, listing also where the rows break their schema
     */
    public Parts parts(Table rows) {
        try {
            return configuration.split().parts(rows, configuration.seed());
        } catch (InvalidData e) {
            List<String> problems = new ArrayList<>(validation().anomalies(rows));
            if (problems.isEmpty()) {
                throw e;
            }
            problems.addAll(e.problems());
            throw new InvalidData("the rows break their schema, and cannot be cut into parts", problems);
        }
    }

    /** The rows that were read, in their parts. */
    public PartRows parted(Dataset dataset) {
        return PartRows.of(dataset, parts(dataset.rows()));
    }

    private Validation validation() {
        return new Validation(
                configuration.validation(),
                configuration.inputs(),
                configuration.roles().label(),
                configuration.seed());
    }

    /** Holds rows to what is said of them, and beside what the platform was asked where the document wants that. */
    public ValidationReport validated(Table rows, PartRows parts) throws IOException {
        progress.stage("validating " + rows.size() + " rows");
        SequencedMap<String, Table> later = new LinkedHashMap<>();
        Table watched = parts.validation();
        if (watched != null) {
            later.put("validation", watched);
        }
        later.put("test", parts.test());
        ServingLog log = configuration.validation().drift().log();
        Requests requests = log == null ? null : ServedRows.read(log, configuration.inputs(), configuration.memory());
        return validation().report(rows, parts.train().rows(), later, requests);
    }

    /** Reads the rows and holds them to what is said of them. */
    public ValidationReport validated() throws IOException {
        Dataset dataset = rows();
        return validated(dataset.rows(), parted(dataset));
    }
}
