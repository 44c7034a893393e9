package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

/**
 * Which two arms a decision compares. Evidence and gates hold any number of arms; each challenger has a contrast and a
 * decision of its own.
 *
 * @param arm the variant that may be promoted
 * @param control the variant that it is compared with
 */
public record Contrast(String arm, String control) {
    public Contrast {
        require(!arm.equals(control), "contrast", "expected another variant than the control " + control);
    }
}
