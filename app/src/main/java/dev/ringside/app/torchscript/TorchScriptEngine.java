package dev.ringside.app.torchscript;

import dev.ringside.app.configuration.TorchScriptConfig;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.torchscript.SignatureDocument;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs TorchScript files on libtorch's CPU kernels, in a process of its own that is started with the first of them. */
public final class TorchScriptEngine implements Engine, AutoCloseable {
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final TorchScriptProcess process;
    private final LongSupplier ticker;
    private final AtomicLong models = new AtomicLong();

    /**
     * @param libraries says where the jars of the process are, when it is started
     * @param intraOpThreads how many threads one run may use within its operators
     * @param ticker nanoseconds
     */
    public TorchScriptEngine(
            Supplier<Path> libraries, TorchScriptConfig config, int intraOpThreads, LongSupplier ticker) {
        this.process = new TorchScriptProcess(libraries, config, intraOpThreads);
        this.ticker = ticker;
    }

    @Override
    public String format() {
        return ModelManifest.TORCHSCRIPT;
    }

    @Override
    public String platform() {
        return ModelMetadata.TORCHSCRIPT;
    }

    /** A zip: no other format here is one. What else a zip may be is told apart when it is opened, with the reason. */
    @Override
    public boolean mayRead(byte[] head) {
        return head.length >= ZIP.length
                && head[0] == ZIP[0]
                && head[1] == ZIP[1]
                && head[2] == ZIP[2]
                && head[3] == ZIP[3];
    }

    @Override
    public LoadedModel open(Path file) throws ModelFailure {
        SignatureDocument signature = TorchScriptFile.signature(file);
        return TorchScriptModel.open(models.incrementAndGet(), file.toAbsolutePath(), signature, process, ticker);
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.close();
    }
}
