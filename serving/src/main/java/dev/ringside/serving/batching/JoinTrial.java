package dev.ringside.serving.batching;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether a model gives each row what it gives it alone, whatever rows are run with it: requests are run one by
 * one, then together, and the outputs compared ({@link Sameness}). Statistics over a batch, an output with a first
 * dimension of its own, or random numbers show. What shows only for some inputs may not: that a model is by row cannot be
 * proven by running it.
 */
public final class JoinTrial {
    /** Batches of so many rows are tried beside the greatest: kernels have other ways for other sizes. */
    private static final List<Integer> SIZES = List.of(2, 3, 4, 7, 16, 33);

    /** No greater batch is tried, as each of its rows is run alone too. */
    private static final int MOST_ROWS = 128;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LoadedModel model;
    private final int maxRows;
    private final List<List<Tensor>> examples;
    private final boolean mayRound;

    /**
     * @param maxRows the most rows that are to be run together, at least 2
     * @param examples inputs of requests that are known to be good, of any number of rows; none if there are none
     * @param mayRound whether an answer may differ by rounding from what it is alone; else it must be the same bit for bit
     */
    public JoinTrial(LoadedModel model, int maxRows, List<List<Tensor>> examples, boolean mayRound) {
        this.model = model;
        this.maxRows = maxRows;
        this.examples = examples;
        this.mayRound = mayRound;
    }

    /** Why requests may not be run together; empty if they may. */
    public Optional<String> objection() {
        Signature signature = model.signature();
        Optional<String> fixed = Stream.concat(
                        signature.inputs().stream().filter(JoinTrial::isFixed).map(spec -> fixed("input", spec)),
                        signature.outputs().stream().filter(JoinTrial::isFixed).map(spec -> fixed("output", spec)))
                .findFirst();
        if (fixed.isPresent()) {
            return fixed;
        }
        boolean tried = false;
        try (ModelInstance instance = model.instance(false)) {
            for (List<List<Tensor>> requests : trials(signature)) {
                List<List<Tensor>> alone = alone(instance, requests);
                if (alone != null) {
                    tried = true;
                    String difference = difference(instance, requests, alone);
                    if (difference != null) {
                        return Optional.of(difference);
                    }
                }
            }
        } catch (ModelFailure | RuntimeException e) {
            return Optional.of("requests that it answers one by one fail together: " + e.getMessage());
        }
        return tried ? Optional.empty() : Optional.of("it fails on every input that it could be tried with");
    }

    private static boolean isFixed(TensorSpec spec) {
        return spec.shape().getFirst() >= 0;
    }

    private static String fixed(String kind, TensorSpec spec) {
        return kind + " '" + spec.name() + "' has the shape " + spec.shape() + ", whose first dimension is fixed";
    }

    /** How the answers of requests that are run together differ from those that each got alone; null if they do not. */
    private @Nullable String difference(ModelInstance instance, List<List<Tensor>> requests, List<List<Tensor>> alone)
            throws ModelFailure {
        for (int size : sizes(requests)) {
            String difference = difference(alone.subList(0, size), together(instance, requests.subList(0, size)));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** How many of the requests are run together, one size after the other; of few all. */
    private static List<Integer> sizes(List<List<Tensor>> requests) {
        int all = requests.size();
        return Stream.concat(SIZES.stream().filter(size -> size < all), Stream.of(all))
                .toList();
    }

    /** Sets of at least two requests with different rows. */
    private List<List<List<Tensor>>> trials(Signature signature) {
        var trials = new ArrayList<List<List<Tensor>>>();
        for (double magnitude : new double[] {1, 1_000}) {
            var several = new TrialRows(magnitude);
            trials.add(Stream.of(1, 2, 5)
                    .map(count -> several.of(signature.inputs(), count))
                    .toList());
        }
        var rows = new TrialRows(1);
        trials.add(Stream.generate(() -> rows.of(signature.inputs(), 1))
                .limit(Math.min(maxRows, MOST_ROWS))
                .toList());
        List<List<Tensor>> distinct = examples.stream()
                .filter(request -> rests(request).equals(rests(examples.getFirst())))
                .distinct()
                .toList();
        if (distinct.size() > 1) {
            trials.add(distinct);
        }
        return trials;
    }

    private static List<List<Long>> rests(List<Tensor> request) {
        return request.stream()
                .map(input -> input.shape().subList(1, input.shape().size()))
                .toList();
    }

    /** What each request is answered by itself; null if the model fails on one. */
    private @Nullable List<List<Tensor>> alone(ModelInstance instance, List<List<Tensor>> requests) {
        try {
            var answers = new ArrayList<List<Tensor>>();
            for (List<Tensor> request : requests) {
                answers.addAll(together(instance, List.of(request)));
            }
            return answers;
        } catch (ModelFailure | RuntimeException e) {
            return null;
        }
    }

    private List<List<Tensor>> together(ModelInstance instance, List<List<Tensor>> requests) throws ModelFailure {
        instance.feed(requests);
        instance.run(
                model.signature().outputs().stream().map(TensorSpec::name).toList(),
                Deadline.in(PATIENCE, System::nanoTime));
        return instance.take();
    }

    private @Nullable String difference(List<List<Tensor>> alone, List<List<Tensor>> together) {
        for (int output = 0; output < alone.getFirst().size(); output++) {
            int place = output;
            String difference = Sameness.difference(
                    alone.stream().map(tensors -> tensors.get(place)).toList(),
                    together.stream().map(tensors -> tensors.get(place)).toList(),
                    mayRound);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }
}
