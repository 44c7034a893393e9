package dev.ringside.app.command.remote;

import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.plan.PlanLint;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Known;
import dev.ringside.experiments.plan.Lint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringside experiments lint}: what a plan can find, and how long that takes, before anybody starts it. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says how long an experiment will take, with what probability it finds the smallest effect, and what about"
                    + " it deserves a warning. It changes nothing.",
            "What is not said of traffic and KPIs is taken from the slot's other experiments, where they have shown it."
        })
final class LintCommand implements Callable<Integer> {
    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private DocumentFile file = new DocumentFile();

    @Option(
            names = "--units-per-day",
            paramLabel = "SEGMENT=N",
            description = "New units of a segment in a day; may be repeated.")
    private Map<String, Double> unitsPerDay = new HashMap<>();

    @Option(
            names = "--rate",
            paramLabel = "KPI=SHARE",
            description = "A proportion under the champion; may be repeated.")
    private Map<String, Double> rates = new HashMap<>();

    @Option(
            names = "--deviation",
            paramLabel = "KPI=NUMBER",
            description = "The standard deviation of a mean's units under the champion; may be repeated.")
    private Map<String, Double> deviations = new HashMap<>();

    @Override
    public Integer call() throws IOException, ControlFailure, InterruptedException {
        DocumentFile.Named named = file.read();
        ExperimentDocument document = document(named);
        var shown = new ShownBefore(document);
        try {
            shown.learn(options.controlPlane());
        } catch (ControlFailure.Unreachable | ControlFailure.NotRunning e) {
            // A plan is looked at without a platform too; then only what was said is known.
        }
        Map<String, Double> traffic = shown.unitsPerDay();
        Map<String, Known> known = shown.known();
        traffic.putAll(unitsPerDay);
        rates.forEach((kpi, rate) -> known.put(kpi, Known.rate(rate)));
        deviations.forEach((kpi, deviation) -> known.put(kpi, Known.deviation(deviation)));
        Lint lint = PlanLint.of(document, traffic, known);
        options.print(Json.mapper().valueToTree(lint), _ -> PlanPages.page(lint));
        return 0;
    }

    /** The document, held against the platform where one runs. */
    private ExperimentDocument document(DocumentFile.Named named)
            throws IOException, ControlFailure, InterruptedException {
        var plan = new PlanMistakes(named.tree());
        var mistakes = new ArrayList<String>();
        ExperimentDocument document = null;
        try {
            document = named.experiment();
        } catch (InvalidInput e) {
            mistakes.addAll(e.getMessage().lines().toList());
        }
        try {
            mistakes.addAll(plan.against(options.controlPlane()));
        } catch (ControlFailure.Unreachable | ControlFailure.NotRunning e) {
            // What the slot has is not known without one.
        }
        var ofOptions = new ArrayList<String>();
        ofOptions.addAll(plan.segments("--units-per-day", unitsPerDay.keySet()));
        ofOptions.addAll(plan.kpis("--rate", rates.keySet()));
        ofOptions.addAll(plan.kpis("--deviation", deviations.keySet()));
        String what =
                mistakes.isEmpty() ? "the command" : named.called() + (ofOptions.isEmpty() ? "" : " with the command");
        mistakes.addAll(ofOptions);
        if (document == null || !mistakes.isEmpty()) {
            throw MistakenDocument.of(what, mistakes);
        }
        return document;
    }
}
