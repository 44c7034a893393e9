package dev.ringside.app.foreign;

import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Opens models that other servers serve: the file is a {@link ForeignModel}. */
public final class ForeignEngine implements Engine {
    /** Requests that one model has under way at most, each on a connection or a stream of its own. */
    private static final int CONCURRENT = 32;

    private static final int LONGEST_DOCUMENT = 100_000;

    private final int answerBytes;
    private final Tracing tracing;
    private final LongSupplier ticker;

    /**
     * @param answerBytes the longest answer of a server
     * @param tracing who traces requests
     * @param ticker nanoseconds
     */
    public ForeignEngine(long answerBytes, Tracing tracing, LongSupplier ticker) {
        this.tracing = tracing;
        this.answerBytes = Math.toIntExact(answerBytes);
        this.ticker = ticker;
    }

    @Override
    public String format() {
        return ModelManifest.REMOTE;
    }

    @Override
    public String platform() {
        return "open_inference_v2";
    }

    /** A JSON object; no ONNX file begins so. */
    @Override
    public boolean mayRead(byte[] head) {
        return head.length > 0 && head[0] == '{';
    }

    /** Its server joins requests if it likes; many may be under way. */
    @Override
    public Batching batching() {
        return new Batching(0, null, null, null, CONCURRENT);
    }

    @Override
    public LoadedModel open(Path file) throws ModelFailure {
        ForeignModel model = read(file);
        var servers = new Replicas(
                model.servers().stream()
                        .map(ForeignModel::address)
                        .map(this::connect)
                        .toList(),
                ticker);
        boolean opened = false;
        try {
            ForeignServer.Description described =
                    servers.ask(model.timeout(), (server, patience) -> server.describe(model, patience));
            var loaded = new ForeignLoadedModel(model, signature(model, described), servers, ticker);
            opened = true;
            return loaded;
        } finally {
            if (!opened) {
                servers.close();
            }
        }
    }

    private static ForeignModel read(Path file) throws ModelFailure {
        try {
            if (Files.size(file) > LONGEST_DOCUMENT) {
                throw new ModelFailure("the file is no document of a model elsewhere: it has " + Files.size(file)
                        + " bytes, expected at most " + LONGEST_DOCUMENT);
            }
            return ForeignModel.read(Files.readAllBytes(file));
        } catch (InvalidInput e) {
            throw new ModelFailure("the file is no document of a model elsewhere: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFailure("the file cannot be read: " + e.getMessage(), e);
        }
    }

    private ForeignServer connect(URI address) {
        return address.getScheme().startsWith("grpc")
                ? new GrpcServer(address, answerBytes, tracing)
                : new RestServer(address, answerBytes, tracing);
    }

    private static Signature signature(ForeignModel model, ForeignServer.Description described) throws ModelFailure {
        if (described.inputs().isEmpty() || described.outputs().isEmpty()) {
            throw new ModelFailure("the server does not say what goes into " + model.words()
                    + " and what comes out: declare its inputs and outputs there");
        }
        try {
            return new Signature(described.inputs(), described.outputs());
        } catch (InvalidInput e) {
            throw new ModelFailure("the server says of " + model.words() + ": " + e.getMessage(), e);
        }
    }
}
