package dev.ringside.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that models run on: those that were asked for and are there, else the CPU.
 *
 * @param used at least one, each once
 * @param missing why others that were asked for are not used
 */
public record Devices(List<Device> used, Map<Device, String> missing) {
    /** The CPU alone. */
    public static final Devices CPU = new Devices(List.of(Device.CPU), Map.of());

    /** The word for CUDA's first device where ONNX Runtime can use it, and the CPU elsewhere. */
    public static final String AUTO = "auto";

    private static final System.Logger LOG = System.getLogger(Devices.class.getName());
    private static final int FLOAT = 1;

    /** Finds out whether a device can be used. */
    interface Probe {
        /** Why it cannot; nothing if it can. */
        Optional<String> objection(Device device);
    }

    /** Copies both. */
    public Devices {
        used = List.copyOf(used);
        missing = Map.copyOf(missing);
    }

    /**
     * Tries those that are asked for, and says in the log which are not there.
     *
     * @param asked {@link #AUTO}, or devices as {@link Device#parse} reads them
     * @throws dev.ringside.contract.InvalidInput if one is neither
     */
    public static Devices of(List<String> asked) {
        if (asked.equals(List.of(AUTO))) {
            return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)
                    ? of(List.of(new Device(Device.Provider.CUDA, 0)), Devices::objection)
                    : CPU;
        }
        return of(asked.stream().map(Device::parse).distinct().toList(), Devices::objection);
    }

    static Devices of(List<Device> asked, Probe probe) {
        var used = new ArrayList<Device>();
        Map<Device, String> missing = new LinkedHashMap<>();
        for (Device device : asked) {
            probe.objection(device).ifPresentOrElse(why -> missing.put(device, why), () -> used.add(device));
        }
        var found = new Devices(used.isEmpty() ? List.of(Device.CPU) : used, missing);
        missing.forEach((device, why) -> LOG.log(
                System.Logger.Level.WARNING,
                "device {0} of ringside.serving.devices cannot be used, models run on {1}: {2}",
                device,
                found.used(),
                why));
        return found;
    }

    /** Whether a session with next to nothing in it can be made and run there. */
    private static Optional<String> objection(Device device) {
        if (device.equals(Device.CPU)) {
            return Optional.empty();
        }
        // Before the options: a provider is loaded with them, and needs the environment's log to say why it cannot be.
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            device.addTo(options);
            environment.createSession(next(), options).close();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of(String.valueOf(e.getMessage()).strip());
        }
    }

    /** An ONNX ModelProto that answers what it is asked; the numbers are the fields' of onnx.proto. */
    private static byte[] next() {
        var graph = new ProtocolBuffer()
                .message(1, new ProtocolBuffer().text(1, "x").text(2, "y").text(4, "Identity"))
                .text(2, "probe")
                .message(11, value("x"))
                .message(12, value("y"));
        return new ProtocolBuffer()
                .number(1, 8) // version of the format
                .message(7, graph)
                .message(8, new ProtocolBuffer().number(2, 13)) // version of the operators
                .bytes();
    }

    private static ProtocolBuffer value(String name) {
        var one = new ProtocolBuffer().message(1, new ProtocolBuffer().number(1, 1));
        return new ProtocolBuffer()
                .text(1, name)
                .message(
                        2,
                        new ProtocolBuffer()
                                .message(
                                        1, new ProtocolBuffer().number(1, FLOAT).message(2, one)));
    }

    /** Such as {@code cpu (cuda:0: not in this build)}. */
    @Override
    public String toString() {
        String all = String.join(", ", used.stream().map(Device::toString).toList());
        return missing.isEmpty()
                ? all
                : all + " ("
                        + String.join(
                                "; ",
                                missing.entrySet().stream()
                                        .map(each -> each.getKey() + ": " + each.getValue())
                                        .toList())
                        + ")";
    }
}
