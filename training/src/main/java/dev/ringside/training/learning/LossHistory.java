package dev.ringside.training.learning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The losses of each pass of one fitting; part of its checkpoints, so that one that goes on knows them all. */
public final class LossHistory {
    private final List<Pass> passes = new ArrayList<>();

    /**
     * One pass over the training rows.
     *
     * @param training the training rows' mean loss
     * @param validation the validation rows' after it; null without validation
     */
    public record Pass(double training, @Nullable Double validation) {}

    /** Adds the next pass. */
    public void add(double training, @Nullable Double validation) {
        passes.add(new Pass(training, validation));
    }

    /** All passes, from the first. */
    public List<Pass> passes() {
        return List.copyOf(passes);
    }

    /** Writes all passes. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(passes.size());
        for (Pass pass : passes) {
            out.writeDouble(pass.training());
            out.writeBoolean(pass.validation() != null);
            out.writeDouble(pass.validation() == null ? 0 : pass.validation());
        }
    }

    /** Adds the passes that were written. */
    public void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            double training = in.readDouble();
            boolean validated = in.readBoolean();
            double validation = in.readDouble();
            add(training, validated ? (Double) validation : null);
        }
    }
}
