package dev.ringside.app.grpc;

import dev.ringside.app.grpc.codec.RepositoryMessages;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.LoadParameters;
import dev.ringside.app.http.ModelRepository;
import dev.ringside.contract.inference.ServerMetadata;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.ringside.grpc.ModelConfigRequest;
import dev.ringside.grpc.ModelConfigResponse;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelMetadataRequest;
import dev.ringside.grpc.ModelMetadataResponse;
import dev.ringside.grpc.ModelReadyRequest;
import dev.ringside.grpc.ModelReadyResponse;
import dev.ringside.grpc.ModelStatisticsRequest;
import dev.ringside.grpc.ModelStatisticsResponse;
import dev.ringside.grpc.ModelStreamInferResponse;
import dev.ringside.grpc.RepositoryIndexRequest;
import dev.ringside.grpc.RepositoryIndexResponse;
import dev.ringside.grpc.RepositoryModelLoadRequest;
import dev.ringside.grpc.RepositoryModelLoadResponse;
import dev.ringside.grpc.RepositoryModelUnloadRequest;
import dev.ringside.grpc.RepositoryModelUnloadResponse;
import dev.ringside.grpc.ServerLiveRequest;
import dev.ringside.grpc.ServerLiveResponse;
import dev.ringside.grpc.ServerMetadataRequest;
import dev.ringside.grpc.ServerMetadataResponse;
import dev.ringside.grpc.ServerReadyRequest;
import dev.ringside.grpc.ServerReadyResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The methods of the protocol's service, each of which is one question. */
final class InferenceService extends GRPCInferenceServiceImplBase {
    private final InferenceFrontEnd frontEnd;
    private final ModelRepository repository;
    private final Predictions predictions;
    private final Readiness readiness;
    private final Failures failures;
    private final UnderWay underWay;
    private final Replies replies;
    private final ServerMetadata server;

    InferenceService(
            InferenceFrontEnd frontEnd,
            ModelRepository repository,
            Predictions predictions,
            Readiness readiness,
            Failures failures,
            UnderWay underWay,
            ServerMetadata server) {
        this.frontEnd = frontEnd;
        this.repository = repository;
        this.predictions = predictions;
        this.readiness = readiness;
        this.failures = failures;
        this.underWay = underWay;
        this.replies = new Replies(failures, underWay);
        this.server = server;
    }

    @Override
    public void serverLive(ServerLiveRequest asked, StreamObserver<ServerLiveResponse> asker) {
        replies.give(asker, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest asked, StreamObserver<ServerReadyResponse> asker) {
        replies.give(
                asker,
                () -> ServerReadyResponse.newBuilder()
                        .setReady(readiness.isReady())
                        .build());
    }

    @Override
    public void serverMetadata(ServerMetadataRequest asked, StreamObserver<ServerMetadataResponse> asker) {
        replies.give(
                asker,
                () -> ServerMetadataResponse.newBuilder()
                        .setName(server.name())
                        .setVersion(server.version())
                        .addAllExtensions(server.extensions())
                        .build());
    }

    @Override
    public void modelReady(ModelReadyRequest asked, StreamObserver<ModelReadyResponse> asker) {
        replies.give(
                asker,
                () -> ModelReadyResponse.newBuilder()
                        .setReady(frontEnd.ready(asked.getName(), Versions.named(asked.getVersion())))
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest asked, StreamObserver<ModelMetadataResponse> asker) {
        replies.give(
                asker,
                () -> RepositoryMessages.of(frontEnd.metadata(asked.getName(), Versions.named(asked.getVersion()))));
    }

    @Override
    public void modelInfer(ModelInferRequest asked, StreamObserver<ModelInferResponse> asker) {
        replies.give(asker, () -> predictions.answer(asked));
    }

    @Override
    public StreamObserver<ModelInferRequest> modelStreamInfer(StreamObserver<ModelStreamInferResponse> asker) {
        return new PredictionStream(
                        (ServerCallStreamObserver<ModelStreamInferResponse>) asker, predictions, failures, underWay)
                .open();
    }

    @Override
    public void modelConfig(ModelConfigRequest asked, StreamObserver<ModelConfigResponse> asker) {
        replies.give(
                asker,
                () -> ModelConfigResponse.newBuilder()
                        .setConfig(RepositoryMessages.of(
                                repository.configuration(asked.getName(), Versions.named(asked.getVersion()))))
                        .build());
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest asked, StreamObserver<ModelStatisticsResponse> asker) {
        replies.give(
                asker,
                () -> ModelStatisticsResponse.newBuilder()
                        .addAllModelStats(
                                repository
                                        .statistics(Versions.named(asked.getName()), Versions.named(asked.getVersion()))
                                        .stream()
                                        .map(RepositoryMessages::of)
                                        .toList())
                        .build());
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest asked, StreamObserver<RepositoryIndexResponse> asker) {
        replies.give(asker, () -> {
            RepositoryMessages.requireUnnamed(asked.getRepositoryName());
            return RepositoryMessages.of(repository.index(asked.getReady()));
        });
    }

    @Override
    public void repositoryModelLoad(
            RepositoryModelLoadRequest asked, StreamObserver<RepositoryModelLoadResponse> asker) {
        replies.give(asker, () -> {
            RepositoryMessages.requireUnnamed(asked.getRepositoryName());
            LoadParameters.check(asked.getModelName(), asked.getParametersMap().keySet());
            repository.load(asked.getModelName(), null);
            return RepositoryModelLoadResponse.getDefaultInstance();
        });
    }

    @Override
    public void repositoryModelUnload(
            RepositoryModelUnloadRequest asked, StreamObserver<RepositoryModelUnloadResponse> asker) {
        replies.give(asker, () -> {
            RepositoryMessages.requireUnnamed(asked.getRepositoryName());
            repository.unload(asked.getModelName(), null);
            return RepositoryModelUnloadResponse.getDefaultInstance();
        });
    }
}
