package dev.ringside.training.learning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Says after each pass whether it is the best so far, and when to give up looking for a better one. */
public final class EarlyStopping {
    private final int patience;
    private final double leastGain;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;
    private int hoped;

    /**
     * @param patience how many passes in a row may fail to be better
     * @param leastGain how much lower than the best so far the loss must be to be better
     */
    public EarlyStopping(int patience, double leastGain) {
        this.patience = patience;
        this.leastGain = leastGain;
    }

    /** By the rule of what surrounds the fitting, or by the learner's own patience; endless where as many are to be taken. */
    public static EarlyStopping of(RunContext run, int own) {
        StopRule rule = run.stop();
        if (run.passes().limit() != null) {
            return new EarlyStopping(Integer.MAX_VALUE, 0);
        }
        if (rule == null) {
            return new EarlyStopping(own, 0);
        }
        Integer patience = rule.patience();
        return new EarlyStopping(patience == null ? own : patience, rule.leastGain());
    }

    /** Takes the loss after the next pass, and says whether it is the best so far; NaN never is. */
    public boolean observe(double loss) {
        epoch++;
        if (bestLoss - loss > leastGain) {
            bestLoss = loss;
            bestEpoch = epoch;
            return true;
        }
        return false;
    }

    /** Takes the loss before the first pass, of what was fitted elsewhere. */
    public void begin(double loss) {
        bestLoss = loss;
    }

    /** Begins to count anew, as what follows is another kind of pass. */
    public void hope() {
        hoped = epoch;
    }

    /** Whether it is time to stop. */
    public boolean exhausted() {
        return epoch - Math.max(bestEpoch, hoped) >= patience;
    }

    /** How many passes it has seen. */
    public int epoch() {
        return epoch;
    }

    /** The pass of the least loss, from 1; 0 where none was better than what it began with. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** Writes how far it is. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(bestEpoch);
        out.writeDouble(bestLoss);
        out.writeInt(hoped);
    }

    /** Goes on from what was written. */
    public void read(DataInput in) throws IOException {
        epoch = in.readInt();
        bestEpoch = in.readInt();
        bestLoss = in.readDouble();
        hoped = in.readInt();
    }
}
