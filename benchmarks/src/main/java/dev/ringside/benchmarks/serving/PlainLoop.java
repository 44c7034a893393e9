package dev.ringside.benchmarks.serving;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.engine.ModelFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** A session of ONNX Runtime that does nothing but run, again and again, on the same rows in the same memory. */
public final class PlainLoop implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Network network;
    private final LongSupplier ticker;

    /** @param ticker nanoseconds, as {@link System#nanoTime} */
    public PlainLoop(Network network, LongSupplier ticker) throws ModelFailure {
        this.network = network;
        this.ticker = ticker;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(network.file(), options);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private ModelFailure failure(OrtException e) {
        return new ModelFailure("the session of " + network.name() + ": " + e.getMessage(), e);
    }

    /** How many rows it runs in a second, so many in each run. */
    public double rowsPerSecond(int batch, Duration time) throws ModelFailure {
        try (OnnxTensor x = tensor(batch, network.inputs());
                OnnxTensor y = tensor(batch, network.widths().getLast())) {
            Map<String, OnnxTensor> inputs = Map.of("x", x);
            Map<String, OnnxTensor> outputs = Map.of("y", y);
            long began = ticker.getAsLong();
            long runs = 0;
            long now = began;
            while (now - began < time.toNanos()) {
                session.run(inputs, Set.of(), outputs).close();
                runs++;
                now = ticker.getAsLong();
            }
            return runs * batch * 1e9 / (now - began);
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private OnnxTensor tensor(int rows, int width) throws OrtException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * rows * width).order(ByteOrder.nativeOrder());
        for (int i = 0; i < rows * width; i++) {
            bytes.putFloat(Float.BYTES * i, (i % 17 - 8) / 8f);
        }
        return OnnxTensor.createTensor(environment, bytes, new long[] {rows, width}, OnnxJavaType.FLOAT);
    }

    @Override
    public void close() throws ModelFailure {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }
}
