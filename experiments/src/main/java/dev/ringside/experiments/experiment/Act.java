package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What can be done to an experiment or to a region of it. */
public enum Act {
    /** Begin, or begin again. */
    @JsonProperty("start")
    START,
    /** End without a verdict. */
    @JsonProperty("stop")
    STOP,
    /** Make the challenger champion. */
    @JsonProperty("promote")
    PROMOTE,
    /** Take the challenger out. */
    @JsonProperty("roll_back")
    ROLL_BACK,
    /** Give everybody the champion for the time being. */
    @JsonProperty("pause")
    PAUSE,
    /** Go on after a pause. */
    @JsonProperty("resume")
    RESUME,
    /** Give the new champion to those too who were held back. */
    @JsonProperty("end_holdback")
    END_HOLDBACK,
    /** Remove a draft. */
    @JsonProperty("delete")
    DELETE;

    /** In words, as in "cannot roll back". */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
