package dev.ringside.contract.repository;

import dev.ringside.contract.inference.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is served, as Triton's model configuration extension writes it.
 *
 * @param name the model
 * @param platform what runs it, under Triton's name
 * @param backend the same, under Triton's newer name
 * @param versionPolicy which versions are served: one key of {@code latest}, {@code all} and {@code specific}
 * @param maxBatchSize the most rows that are run together; 0 for a model of which requests are never joined
 * @param dynamicBatching how requests wait and are joined; null while no version answers
 * @param input what goes in
 * @param output what comes out
 * @param instanceGroup how many requests run at the same time, and where
 * @param defaultModelFilename the file's name within a version's folder
 */
public record ModelConfiguration(
        String name,
        String platform,
        String backend,
        Map<String, Map<String, Object>> versionPolicy,
        int maxBatchSize,
        @Nullable DynamicBatching dynamicBatching,
        List<Port> input,
        List<Port> output,
        List<InstanceGroup> instanceGroup,
        String defaultModelFilename) {
    /** Copies the collections. */
    public ModelConfiguration {
        versionPolicy = Map.copyOf(versionPolicy);
        input = List.copyOf(input);
        output = List.copyOf(output);
        instanceGroup = List.copyOf(instanceGroup);
    }

    /**
     * An input or output.
     *
     * @param name the tensor's name
     * @param dataType its type, such as {@code TYPE_FP32}
     * @param dims its dimensions, −1 for one that varies; without the first, the rows, where requests are joined
     */
    public record Port(String name, String dataType, List<Long> dims) {
        /** Copies the list. */
        public Port {
            dims = List.copyOf(dims);
        }

        /** A tensor's. */
        public static Port of(String name, DataType type, List<Long> shape) {
            return new Port(name, typeName(type), shape);
        }

        private static String typeName(DataType type) {
            return "TYPE_" + (type == DataType.BYTES ? "STRING" : type.name());
        }
    }

    /**
     * How requests wait and are joined.
     *
     * @param maxQueueDelayMicroseconds how long requests that wait together are held for others
     * @param priorityLevels how many levels of priority there are; 1 is the most urgent
     * @param defaultQueuePolicy the queue
     */
    public record DynamicBatching(long maxQueueDelayMicroseconds, int priorityLevels, QueuePolicy defaultQueuePolicy) {}

    /**
     * A queue.
     *
     * @param maxQueueSize how many requests may wait
     */
    public record QueuePolicy(int maxQueueSize) {}

    /**
     * Places where a model runs.
     *
     * @param kind {@code KIND_CPU} or {@code KIND_GPU}
     * @param count how many
     */
    public record InstanceGroup(String kind, int count) {}
}
