package dev.ringside.app.meters;

import dev.ringside.engine.onnx.Device;
import dev.ringside.engine.onnx.Devices;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Which devices ONNX files run on, and which of those asked for they do not. */
public final class DeviceMeters implements PartMeters {
    private final Devices devices;

    public DeviceMeters(Devices devices) {
        this.devices = devices;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        devices.used().forEach(device -> show(device, 1, registry));
        devices.missing().keySet().forEach(device -> show(device, 0, registry));
    }

    private static void show(Device device, int isUsed, MeterRegistry registry) {
        Gauge.builder("ringside.serving.device", () -> isUsed)
                .description("1 for a device that models run on, 0 for one that was asked for and cannot be used")
                .tag("device", device.toString())
                .register(registry);
    }
}
