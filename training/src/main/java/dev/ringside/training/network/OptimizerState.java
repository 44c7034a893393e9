package dev.ringside.training.network;

import java.io.ByteArrayOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OutputArchive;

/** An optimiser's memory, such as AdamW's moments, as bytes in libtorch's own format. */
final class OptimizerState {
    private OptimizerState() {}

    static byte[] of(Optimizer optimizer) {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new OutputArchive();
                var writer = new Collecting(bytes)) {
            optimizer.save(archive);
            archive.save_to(writer);
        }
        return bytes.toByteArray();
    }

    /** Gives an optimiser of the same parameters its memory back. */
    static void restore(Optimizer optimizer, byte[] state) {
        try (var bytes = new BytePointer(state);
                var archive = new InputArchive()) {
            archive.load_from(bytes, state.length);
            optimizer.load(archive);
        }
    }

    /** Takes what libtorch writes. */
    private static final class Collecting extends ArchiveWriter {
        private final ByteArrayOutputStream bytes;

        private Collecting(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public long call(Pointer data, long count) {
            byte[] part = new byte[Math.toIntExact(count)];
            new BytePointer(data).capacity(count).get(part);
            bytes.writeBytes(part);
            return count;
        }
    }
}
