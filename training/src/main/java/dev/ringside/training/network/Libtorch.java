package dev.ringside.training.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The native library: unpacked once per user, loaded once per process, kept to one thread. */
public final class Libtorch {
    private static boolean loaded;

    private Libtorch() {}

    /** Why a device cannot be computed on; null where it can. */
    public static @Nullable String refusal(String device) {
        if (device.equals("cpu")) {
            return null;
        }
        if (!device.matches("cuda(:\\d{1,2})?")) {
            return "expected cpu, or cuda:N";
        }
        load();
        return torch.cuda_is_available()
                ? null
                : "expected cpu, as the libtorch of this program has no CUDA, or the machine no such device";
    }

    /**
     * Loads it. The first time on a machine it is unpacked, which takes seconds.
     *
     * <p>Two processes that unpack into one cache at the same time can die of SIGBUS, so a lock file goes around it. Two
     * threads on a busy machine are a hundred times slower than one, whose sums also never vary in order.
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            Path cache = Files.createDirectories(Loader.getCacheDir().toPath());
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("ringside.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                Loader.load(torch.class);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "libtorch cannot be unpacked; set another place by -Dorg.bytedeco.javacpp.cachedir=DIR", e);
        }
        torch.set_num_threads(1);
        torch.set_num_interop_threads(1);
        openblas_nolapack.blas_set_num_threads(1);
        torch.globalContext().setDeterministicAlgorithms(true, false);
        // oneDNN's LSTM, taken where no gradient is kept, gives other numbers than libtorch's own (2.10.0).
        torch.globalContext().setUserEnabledMkldnn(false);
        loaded = true;
    }
}
