package dev.ringside.experiments.view;

import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiment;
import java.util.List;

/**
 * In how many regions an experiment's challenger is champion by it: what was proven and what a person wanted are two counts.
 *
 * @param byPolicy promoted by the policy, so proven better
 * @param byHand promoted by a person
 */
public record PromotionsView(int byPolicy, int byHand) {
    static PromotionsView of(Experiment experiment) {
        List<EndedRegion.Promoted> promoted = experiment.regions().stream()
                .filter(region -> experiment.standing(region).isPromoted())
                .map(EndedRegion.Promoted.class::cast)
                .toList();
        int policy = (int) promoted.stream().filter(r -> r.ending().byPolicy()).count();
        return new PromotionsView(policy, promoted.size() - policy);
    }
}
