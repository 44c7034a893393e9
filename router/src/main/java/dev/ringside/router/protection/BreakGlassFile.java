package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a person says what is forced to the champion:
 *
 * <pre>{@code
 * forced:
 *   - slot: eta
 *     segment: north        # "*" for every segment, or every slot
 *     by: alice
 *     why: wrong times since 14:00
 * }</pre>
 *
 * <p>No file, or {@code forced: []}, forces nothing. An empty file is an error, because editors leave one for a moment
 * while they save.
 */
final class BreakGlassFile {
    private final Path file;
    private @Nullable Seen seen;

    private record Seen(boolean exists, ByteBuffer content) {}

    private record Content(List<Forced> forced) {
        Content {
            InvalidInput.require(forced != null, "forced", "missing: expected a list, [] for nothing");
            forced = List.copyOf(forced);
        }
    }

    BreakGlassFile(Path file) {
        this.file = file;
    }

    /**
     * What the file says, if that has changed since it was last read or written; null if not.
     *
     * @throws InvalidInput if it cannot be understood, once for each change
     */
    @Nullable
    List<Forced> changed() throws IOException {
        Seen now = read();
        if (now.equals(seen)) {
            return null;
        }
        seen = now;
        return now.exists ? parse(now.content) : List.of();
    }

    /** Replaces what it says; a file that could not be understood is kept beside it as {@code .rejected}. */
    void write(List<Forced> forced, boolean keepOld) throws IOException {
        byte[] content = (Json.pretty(new Content(forced)) + "\n").getBytes(StandardCharsets.UTF_8);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (keepOld && Files.exists(file)) {
            Files.copy(
                    file, file.resolveSibling(file.getFileName() + ".rejected"), StandardCopyOption.REPLACE_EXISTING);
        }
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.write(written, content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        seen = new Seen(true, ByteBuffer.wrap(content));
    }

    private Seen read() throws IOException {
        try {
            return new Seen(true, ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return new Seen(false, ByteBuffer.allocate(0));
        }
    }

    private static List<Forced> parse(ByteBuffer content) {
        String yaml;
        try {
            yaml = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(content.duplicate())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("", "not UTF-8");
        }
        return Json.readYaml(yaml, Content.class).forced();
    }
}
