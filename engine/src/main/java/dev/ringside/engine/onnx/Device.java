package dev.ringside.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.InvalidInput;
import java.util.Locale;

/**
 * Where ONNX Runtime runs models.
 *
 * @param provider the execution provider
 * @param number which of its devices, from 0; 0 for the CPU
 */
public record Device(Provider provider, int number) {
    /** This machine's processors. */
    public static final Device CPU = new Device(Provider.CPU, 0);

    /** The execution providers that can be asked for. */
    public enum Provider {
        /** Always there. */
        CPU,
        /** In the artefact of the Maven profile gpu, with CUDA 12's and cuDNN 9's libraries. */
        CUDA,
        /** The same, with TensorRT's libraries; what it cannot run, CUDA does. */
        TENSORRT
    }

    /**
     * Reads one.
     *
     * @param text {@code cpu}, {@code cuda}, {@code cuda:1}, {@code tensorrt:0}
     * @throws InvalidInput if it is none
     */
    public static Device parse(String text) {
        String[] parts = text.strip().toUpperCase(Locale.ROOT).split(":", 2);
        try {
            Provider provider = Provider.valueOf(parts[0]);
            int number = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
            if (number >= 0 && (provider != Provider.CPU || parts.length == 1)) {
                return new Device(provider, number);
            }
        } catch (IllegalArgumentException e) {
            // Told below, as are numbers that are none.
        }
        throw new InvalidInput(
                "ringside.serving.devices", "expected auto, cpu, or such as cuda:0, tensorrt:0, found '" + text + "'");
    }

    /** Has a session run here. The CPU takes what a provider cannot run. */
    void addTo(OrtSession.SessionOptions options) throws OrtException {
        switch (provider) {
            case CPU -> {}
            case CUDA -> options.addCUDA(number);
            case TENSORRT -> {
                options.addTensorrt(number);
                options.addCUDA(number);
            }
        }
    }

    @Override
    public String toString() {
        String name = provider.name().toLowerCase(Locale.ROOT);
        return provider == Provider.CPU ? name : name + ":" + number;
    }
}
