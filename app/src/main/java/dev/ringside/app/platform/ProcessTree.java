package dev.ringside.app.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that this process has started, and all that those started. PostgreSQL leaves the tree of whoever starts it, so it
 * is found by its pid file.
 */
public final class ProcessTree {
    private static final long PAGE = 4096; // the only page size of Linux on x86-64
    private static final long LONGEST_END_MILLIS = 10_000;

    private final Path postgresPid;

    /** @param postgresPid PostgreSQL's file {@code postmaster.pid} */
    public ProcessTree(Path postgresPid) {
        this.postgresPid = postgresPid;
    }

    /** Those that run now, without this process. */
    private Set<ProcessHandle> members() throws IOException {
        var members = new HashSet<ProcessHandle>();
        ProcessHandle.current().descendants().forEach(members::add);
        postgres().ifPresent(server -> {
            members.add(server);
            server.descendants().forEach(members::add);
        });
        return members;
    }

    private Optional<ProcessHandle> postgres() throws IOException {
        try {
            List<String> lines = Files.readAllLines(postgresPid);
            // Between making the file and filling it there is nothing in it; after a crash it names a pid of the past.
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessTree::isPostgres);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    /** Ends all of them at once and without notice, as {@code kill -9} does, and returns when they are gone. */
    void kill() throws IOException, InterruptedException {
        long giveUp = System.currentTimeMillis() + LONGEST_END_MILLIS;
        var all = members();
        while (!all.isEmpty()) {
            if (System.currentTimeMillis() > giveUp) {
                throw new IOException("processes " + all + " do not end");
            }
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(20);
            // What was started while the first were killed.
            all.addAll(members());
            all.removeIf(process -> !process.isAlive());
        }
    }

    /**
     * The resident memory of all of them and of this process. Pages that several processes share are counted for each:
     * PostgreSQL's, mostly.
     */
    long residentBytes() throws IOException {
        Set<ProcessHandle> all = members();
        all.add(ProcessHandle.current());
        return all.stream().mapToLong(handle -> residentBytes(handle.pid())).sum();
    }

    private static long residentBytes(long pid) {
        try {
            // size resident shared text lib data dt
            String statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
            int resident = statm.indexOf(' ') + 1;
            return Long.parseLong(statm, resident, statm.indexOf(' ', resident), 10) * PAGE;
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }
}
