package dev.ringside.training.network;

import dev.ringside.training.learning.EarlyStopping;
import dev.ringside.training.learning.LossHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the fitting of a network is, after a pass. What is drawn in a pass depends on the seed and its number alone, so
 * no generator is part of it.
 *
 * @param present the weights after the last pass
 * @param best those of the best pass
 * @param optimizer the optimiser's memory
 * @param facts how the fitting went so far
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record NetworkState(Weights present, Weights best, byte[] optimizer, Map<String, Double> facts) {
    byte[] bytes(EarlyStopping stopping, LossHistory losses) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            stopping.write(out);
            losses.write(out);
            write(out, present);
            write(out, best);
            out.writeInt(optimizer.length);
            out.write(optimizer);
            out.writeInt(facts.size());
            for (var fact : facts.entrySet()) {
                out.writeUTF(fact.getKey());
                out.writeDouble(fact.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what was written.
     *
     * @param stopping goes on from what it had seen
     * @param losses given those of the passes that were done
     */
    static NetworkState read(byte[] state, EarlyStopping stopping, LossHistory losses) {
        try (var in = new DataInputStream(new ByteArrayInputStream(state))) {
            stopping.read(in);
            losses.read(in);
            Weights present = weights(in);
            Weights best = weights(in);
            byte[] optimizer = in.readNBytes(in.readInt());
            Map<String, Double> facts = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                facts.put(in.readUTF(), in.readDouble());
            }
            return new NetworkState(present, best, optimizer, facts);
        } catch (IOException e) {
            throw new UncheckedIOException("a network's checkpoint ends early", e);
        }
    }

    private static void write(DataOutputStream out, Weights weights) throws IOException {
        out.writeInt(weights.all().size());
        for (var entry : weights.all().entrySet()) {
            Weights.Values values = entry.getValue();
            out.writeUTF(entry.getKey());
            out.writeBoolean(values.trained());
            out.writeInt(values.shape().length);
            for (long side : values.shape()) {
                out.writeLong(side);
            }
            out.writeInt(values.values().length);
            for (float value : values.values()) {
                out.writeInt(Float.floatToRawIntBits(value));
            }
        }
    }

    private static Weights weights(DataInputStream in) throws IOException {
        var weights = new Weights();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            boolean trained = in.readBoolean();
            long[] shape = new long[in.readInt()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = in.readLong();
            }
            float[] values = new float[in.readInt()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(in.readInt());
            }
            weights.put(name, values, trained, shape);
        }
        return weights;
    }
}
