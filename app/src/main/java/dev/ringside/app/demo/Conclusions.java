package dev.ringside.app.demo;

import static dev.ringside.app.client.ControlClient.encode;

import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.client.Questions;
import dev.ringside.app.demo.client.ReplayFailure;
import dev.ringside.app.demo.client.VersionScores;
import dev.ringside.app.demo.report.ExperimentView;
import dev.ringside.app.demo.report.PeekedTest;
import dev.ringside.app.demo.report.Result;
import dev.ringside.app.demo.report.Truth;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the platform has concluded, and beside it what the client knows better. */
final class Conclusions {
    private final ControlClient control;
    private final Truth truth;
    private final PeekedTest peeked;
    private final VersionScores scores;

    Conclusions(ControlClient control, Questions questions, Answers answers, VersionScores scores) {
        this.control = control;
        this.truth = new Truth(questions.flights());
        this.peeked = new PeekedTest(questions.flights(), answers);
        this.scores = scores;
    }

    /** Experiments as they stand. */
    List<ExperimentView> views(List<String> names) throws ControlFailure, InterruptedException {
        var views = new ArrayList<ExperimentView>();
        for (String name : names) {
            views.add(Json.read(control.get("/api/experiments/" + encode(name)), ExperimentView.class));
        }
        return views;
    }

    /** Each region with its verdict, the truth and the peeked t-test. */
    List<Result.Region> regions(List<ExperimentView> views) throws ReplayFailure, InterruptedException {
        var regions = new ArrayList<Result.Region>();
        for (ExperimentView view : views) {
            for (ExperimentView.Region region : view.regions()) {
                regions.add(region(view, region));
            }
        }
        return regions;
    }

    private Result.Region region(ExperimentView view, ExperimentView.Region region)
            throws ReplayFailure, InterruptedException {
        ExperimentView.Difference difference = region.difference(view.primary().name());
        return new Result.Region(
                view.name(),
                region.segment(),
                region.hasStarted()
                        ? new Result.Exposures(
                                region.champion().exposed(), region.challenger().exposed())
                        : null,
                difference == null ? null : difference.difference(),
                difference == null ? null : difference.lower(),
                difference == null ? null : difference.upper(),
                truth(view, region),
                region.verdict(),
                region.decidedAt(),
                peeked.first(view.name(), region.segment()),
                region.evidenceDigest());
    }

    /** Over the cohorts of the verdict, or without one over all that have closed. */
    private @Nullable Double truth(ExperimentView view, ExperimentView.Region region)
            throws ReplayFailure, InterruptedException {
        Instant startedAt = region.startedAt();
        Instant closedThrough = region.closedThrough();
        if (startedAt == null || closedThrough == null) {
            return null;
        }
        return truth.difference(
                region.segment(),
                EpochDefinition.floor(startedAt, view.primary().cohort()),
                closedThrough,
                scores.of(region.champion().version()),
                scores.of(region.challenger().version()));
    }
}
