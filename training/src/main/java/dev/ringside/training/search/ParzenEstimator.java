package dev.ringside.training.search;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A density over the search space: a weighted mixture with one component for each observation and one that is the prior,
 * each a product of one kernel a parameter (the multivariate estimator of Falkner, Klein &amp; Hutter 2018). Parameters
 * that are not active at a place take no part in its density.
 */
final class ParzenEstimator {
    private final List<Parameter> parameters;
    private final List<Kernels> kernels;
    private final double[] weights;

    /**
     * @param parameters those of the space
     * @param observations coordinates by the parameters' names
     * @param weights one for each observation and the prior's, any positive scale
     */
    ParzenEstimator(List<Parameter> parameters, List<Map<String, Double>> observations, double[] weights) {
        this.parameters = parameters;
        this.weights = weights.clone();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            this.weights[i] /= sum;
        }
        this.kernels = parameters.stream()
                .map(parameter -> Kernels.of(
                        parameter.domain(),
                        observations.stream()
                                .mapToDouble(place -> place.getOrDefault(parameter.name(), Kernels.MISSING))
                                .toArray()))
                .toList();
    }

    /** One of the components, by weight. */
    int component(SplittableRandom random) {
        double left = random.nextDouble();
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** A coordinate of a parameter, drawn from a component. */
    double draw(int component, Parameter parameter, SplittableRandom random) {
        return kernels.get(parameters.indexOf(parameter)).draw(component, random);
    }

    /** ln of the density at a place. */
    double log(Map<String, Double> coordinates) {
        double[] logs = IntStream.range(0, weights.length)
                .mapToDouble(component -> component(component, coordinates))
                .toArray();
        double greatest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            greatest = Math.max(greatest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - greatest);
        }
        return greatest + StrictMath.log(sum);
    }

    private double component(int component, Map<String, Double> coordinates) {
        double log = StrictMath.log(weights[component]);
        for (int i = 0; i < parameters.size(); i++) {
            Double coordinate = coordinates.get(parameters.get(i).name());
            if (coordinate != null) {
                log += kernels.get(i).log(component, coordinate);
            }
        }
        return log;
    }
}
