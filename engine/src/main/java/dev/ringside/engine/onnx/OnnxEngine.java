package dev.ringside.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import java.nio.file.Path;
import java.util.ArrayList;

/** Runs ONNX files on ONNX Runtime, each on every device that it has. */
public final class OnnxEngine implements Engine {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final int intraOpThreads;
    private final Devices devices;

    /** On the CPU. */
    public OnnxEngine(int intraOpThreads) {
        this(intraOpThreads, Devices.CPU);
    }

    /**
     * @param intraOpThreads how many threads one run may use within its operators; with 1 it stays on the caller's thread
     * @param devices where models run: their instances by turns, a run without an instance on the first
     */
    public OnnxEngine(int intraOpThreads, Devices devices) {
        InvalidInput.require(
                intraOpThreads >= 1,
                "ringside.serving.intra-op-threads",
                "expected 1 or more, found " + intraOpThreads);
        this.intraOpThreads = intraOpThreads;
        this.devices = devices;
    }

    /** Where models run. */
    public Devices devices() {
        return devices;
    }

    @Override
    public String format() {
        return ModelManifest.ONNX;
    }

    @Override
    public String platform() {
        return ModelMetadata.ONNX;
    }

    /** Whatever else there is has a mark of its own; what has none is refused when it is opened, with the reason. */
    @Override
    public boolean mayRead(byte[] head) {
        return true;
    }

    @Override
    public LoadedModel open(Path file) throws ModelFailure {
        OnnxStructure.check(file);
        var sessions = new ArrayList<OrtSession>(devices.used().size());
        try {
            for (Device device : devices.used()) {
                sessions.add(session(file, device));
            }
            return new OnnxRuntimeModel(environment, sessions, OnnxSignature.of(sessions.getFirst()));
        } catch (ModelFailure | RuntimeException e) {
            sessions.forEach(OnnxRuntimeModel::close);
            throw e;
        }
    }

    private OrtSession session(Path file, Device device) throws ModelFailure {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(intraOpThreads);
            options.setInterOpNumThreads(1);
            device.addTo(options);
            // Threads that spin while they wait take the processors from the other models.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // What fails is thrown. Printed too, clients could fill a disk with their mistakes.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            // Where the file lies on this machine is nobody's business.
            String reason = String.valueOf(e.getMessage()).replace("Load model from " + file + " failed:", "");
            throw new ModelFailure("ONNX Runtime cannot open the file: " + reason, e);
        }
    }
}
