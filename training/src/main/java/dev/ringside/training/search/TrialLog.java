package dev.ringside.training.search;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The log of a search, {@code trials.jsonl} in its folder: one event a line, only ever added to, each on the disk before
 * the call returns. A last line that was torn by a crash is cut off and told. One search at a time has it.
 */
final class TrialLog implements AutoCloseable {
    static final String FILE = "trials.jsonl";

    private final FileChannel file;
    private final List<TrialEvent> earlier;

    private TrialLog(FileChannel file, List<TrialEvent> earlier) {
        this.file = file;
        this.earlier = List.copyOf(earlier);
    }

    /**
     * Opens the log of a folder, which is made if there is none.
     *
     * @param words takes what a person should know
     * @throws SearchFailure if another search has it, or a line before the last cannot be read
     */
    static TrialLog open(Path folder, Consumer<String> words) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(FILE);
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, folder);
            byte[] bytes = Files.readAllBytes(path);
            List<TrialEvent> earlier = new ArrayList<>();
            int whole = read(bytes, path, earlier);
            if (whole < bytes.length) {
                words.accept(path + ": the last line is torn, as a crash leaves it; its " + (bytes.length - whole)
                        + " bytes are taken as never written");
                file.truncate(whole);
                file.force(true);
            }
            file.position(whole);
            return new TrialLog(file, earlier);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    private static void lock(FileChannel file, Path folder) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // another search of this process
        }
        throw new SearchFailure("another search is running in "
                + folder.toAbsolutePath().normalize() + ": wait for its end or take another folder");
    }

    /**
     * Reads the events.
     *
     * @return how many bytes are whole lines
     */
    private static int read(byte[] bytes, Path path, List<TrialEvent> events) {
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] != '\n') {
                continue;
            }
            try {
                events.add(Json.read(new String(bytes, start, end - start, StandardCharsets.UTF_8), TrialEvent.class));
            } catch (InvalidInput e) {
                if (end + 1 == bytes.length) {
                    return start;
                }
                throw new SearchFailure(path + ", line " + (events.size() + 1) + ": " + e.getMessage()
                        + "; mend the line, or search in another folder");
            }
            start = end + 1;
        }
        return start;
    }

    /** What stood there when it was opened. */
    List<TrialEvent> earlier() {
        return earlier;
    }

    /** Adds an event. */
    void append(TrialEvent event) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.write(event) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            file.write(line);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
