package dev.ringside.torchscript;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.ringside.contract.torchscript.Message;
import dev.ringside.contract.torchscript.SignatureDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The open files, each counted by the connections to it. To be used by any number of threads. */
final class OpenModels {
    /** DJL's name of its engine. */
    static final String ENGINE = "PyTorch";

    private final Map<Long, Shared> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private static final class Shared {
        private final ReentrantLock opening = new ReentrantLock();
        private @Nullable OpenModel model;
        private int users;
    }

    /**
     * Takes a model for one more connection, opening its file if no other has.
     *
     * @throws ModelRefused if it cannot be opened
     */
    OpenModel acquire(Message.Open asked) throws ModelRefused {
        Shared shared = enter(asked.model());
        boolean opened = false;
        shared.opening.lock();
        try {
            OpenModel model = shared.model;
            if (model == null) {
                model = load(Path.of(asked.file()), asked.signature());
                shared.model = model;
            }
            opened = true;
            return model;
        } finally {
            shared.opening.unlock();
            if (!opened) {
                release(asked.model());
            }
        }
    }

    private static OpenModel load(Path file, SignatureDocument signature) throws ModelRefused {
        Model model = Model.newInstance(String.valueOf(file.getFileName()), Device.cpu(), ENGINE);
        boolean loaded = false;
        try {
            model.load(file.toAbsolutePath().getParent(), String.valueOf(file.getFileName()));
            OpenModel opened = signature.translator() == null
                    ? new TensorModel(model, signature)
                    : TranslatedModel.of(model, signature);
            loaded = true;
            return opened;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            // Where the file lies on this machine is nobody's business.
            throw new ModelRefused(
                    "libtorch cannot open the file: " + NativeWords.of(e).replace(file.toString(), "the file"), e);
        } finally {
            if (!loaded) {
                model.close();
            }
        }
    }

    /** Gives a model back for one connection; the last one closes it. */
    void release(long id) {
        OpenModel last = null;
        lock.lock();
        try {
            Shared shared = open.get(id);
            if (shared == null) {
                throw new IllegalStateException("model " + id + " was given back once too often");
            }
            shared.users--;
            if (shared.users == 0) {
                open.remove(id);
                last = shared.model;
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }

    private Shared enter(long id) {
        lock.lock();
        try {
            Shared shared = open.computeIfAbsent(id, _ -> new Shared());
            shared.users++;
            return shared;
        } finally {
            lock.unlock();
        }
    }
}
