package dev.ringside.app.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
    @TempDir
    Path folder;

    @Test
    void killEndsChildrenAndTheirChildren() throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "sleep 60 & sleep 60 & wait").start();
        List<ProcessHandle> grandchildren = List.of();
        while (grandchildren.size() < 2) {
            grandchildren = child.children().toList();
        }
        var tree = new ProcessTree(folder.resolve("postmaster.pid"));
        assertTrue(tree.residentBytes() > 1_000_000);
        tree.kill();
        assertFalse(child.isAlive());
        assertTrue(grandchildren.stream().noneMatch(ProcessHandle::isAlive), grandchildren.toString());
    }

    @Test
    void aPidFileOfThePastNamesNobody() throws Exception {
        Path file = folder.resolve("postmaster.pid");
        Files.writeString(file, ProcessHandle.current().pid() + "\n");
        new ProcessTree(file).kill();
        assertTrue(ProcessHandle.current().isAlive());
    }
}
