package dev.ringside.app.grpc.codec;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.ModelConfiguration;
import dev.ringside.contract.repository.ModelStatistics;
import dev.ringside.contract.repository.ModelStatistics.Stages;
import dev.ringside.contract.repository.ModelStatistics.Times;
import dev.ringside.grpc.DataType;
import dev.ringside.grpc.InferBatchStatistics;
import dev.ringside.grpc.InferStatistics;
import dev.ringside.grpc.ModelConfig;
import dev.ringside.grpc.ModelInput;
import dev.ringside.grpc.ModelInstanceGroup;
import dev.ringside.grpc.ModelMetadataResponse;
import dev.ringside.grpc.ModelMetadataResponse.TensorMetadata;
import dev.ringside.grpc.ModelOutput;
import dev.ringside.grpc.ModelVersionPolicy;
import dev.ringside.grpc.RepositoryIndexResponse;
import dev.ringside.grpc.StatisticDuration;
import java.util.List;
import java.util.Map;

/** What there is to know of models, as messages. */
public final class RepositoryMessages {
    private RepositoryMessages() {}

    /** A model's inputs, outputs and versions. */
    public static ModelMetadataResponse of(ModelMetadata metadata) {
        return ModelMetadataResponse.newBuilder()
                .setName(metadata.name())
                .addAllVersions(metadata.versions())
                .setPlatform(metadata.platform())
                .addAllInputs(
                        metadata.inputs().stream().map(RepositoryMessages::of).toList())
                .addAllOutputs(
                        metadata.outputs().stream().map(RepositoryMessages::of).toList())
                .build();
    }

    private static TensorMetadata of(TensorSpec tensor) {
        return TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.datatype().name())
                .addAllShape(tensor.shape())
                .build();
    }

    /** The models and versions that there are. */
    public static RepositoryIndexResponse of(List<IndexedVersion> index) {
        RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
        for (IndexedVersion indexed : index) {
            RepositoryIndexResponse.ModelIndex.Builder line =
                    RepositoryIndexResponse.ModelIndex.newBuilder().setName(indexed.name());
            if (indexed.version() != null) {
                line.setVersion(indexed.version());
            }
            if (indexed.state() != null) {
                line.setState(indexed.state().name());
            }
            if (indexed.reason() != null) {
                line.setReason(indexed.reason());
            }
            response.addModels(line);
        }
        return response.build();
    }

    /** How a model is served. */
    public static ModelConfig of(ModelConfiguration configuration) {
        ModelConfig.Builder config = ModelConfig.newBuilder()
                .setName(configuration.name())
                .setPlatform(configuration.platform())
                .setBackend(configuration.backend())
                .setVersionPolicy(policy(configuration.versionPolicy()))
                .setMaxBatchSize(configuration.maxBatchSize())
                .setDefaultModelFilename(configuration.defaultModelFilename());
        configuration
                .input()
                .forEach(port -> config.addInput(ModelInput.newBuilder()
                        .setName(port.name())
                        .setDataType(DataType.valueOf(port.dataType()))
                        .addAllDims(port.dims())));
        configuration
                .output()
                .forEach(port -> config.addOutput(ModelOutput.newBuilder()
                        .setName(port.name())
                        .setDataType(DataType.valueOf(port.dataType()))
                        .addAllDims(port.dims())));
        configuration
                .instanceGroup()
                .forEach(group -> config.addInstanceGroup(ModelInstanceGroup.newBuilder()
                        .setKind(ModelInstanceGroup.Kind.valueOf(group.kind()))
                        .setCount(group.count())));
        return config.build();
    }

    /** Versions whose name is no number are left out of it: the message knows no others. */
    private static ModelVersionPolicy policy(Map<String, Map<String, Object>> policy) {
        ModelVersionPolicy.Builder message = ModelVersionPolicy.newBuilder();
        policy.forEach((choice, values) -> {
            switch (choice) {
                case "latest" ->
                    message.setLatest(ModelVersionPolicy.Latest.newBuilder()
                            .setNumVersions(
                                    values.get("num_versions") instanceof Number number ? number.intValue() : 1));
                case "specific" -> {
                    ModelVersionPolicy.Specific.Builder specific = ModelVersionPolicy.Specific.newBuilder();
                    if (values.get("versions") instanceof List<?> versions) {
                        versions.stream()
                                .map(String::valueOf)
                                .filter(version -> version.matches("\\d{1,18}"))
                                .forEach(version -> specific.addVersions(Long.parseLong(version)));
                    }
                    message.setSpecific(specific);
                }
                default -> message.setAll(ModelVersionPolicy.All.getDefaultInstance());
            }
        });
        return message.build();
    }

    /** What a version was asked. */
    public static dev.ringside.grpc.ModelStatistics of(ModelStatistics statistics) {
        Stages stages = statistics.inferenceStats();
        return dev.ringside.grpc.ModelStatistics.newBuilder()
                .setName(statistics.name())
                .setVersion(statistics.version())
                .setLastInference(statistics.lastInference())
                .setInferenceCount(statistics.inferenceCount())
                .setExecutionCount(statistics.executionCount())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(of(stages.success()))
                        .setFail(of(stages.fail()))
                        .setQueue(of(stages.queue()))
                        .setComputeInput(of(stages.computeInput()))
                        .setComputeInfer(of(stages.computeInfer()))
                        .setComputeOutput(of(stages.computeOutput())))
                .addAllBatchStats(statistics.batchStats().stream()
                        .map(RepositoryMessages::of)
                        .toList())
                .build();
    }

    private static InferBatchStatistics of(ModelStatistics.Batch batch) {
        return InferBatchStatistics.newBuilder()
                .setBatchSize(batch.batchSize())
                .setComputeInput(of(batch.computeInput()))
                .setComputeInfer(of(batch.computeInfer()))
                .setComputeOutput(of(batch.computeOutput()))
                .build();
    }

    private static StatisticDuration of(Times times) {
        return StatisticDuration.newBuilder()
                .setCount(times.count())
                .setNs(times.ns())
                .build();
    }

    /**
     * Checks that no repository is named: there is one.
     *
     * @throws InferenceFailure {@code UNSUPPORTED}
     */
    public static void requireUnnamed(String repository) {
        if (!repository.isEmpty()) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.UNSUPPORTED,
                    "'repository_name' is \"" + dev.ringside.contract.inference.Found.shortened(repository)
                            + "\": there is one repository here, leave it empty");
        }
    }
}
