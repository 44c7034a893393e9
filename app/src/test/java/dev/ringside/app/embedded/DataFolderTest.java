package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsMadeWithThoseAboveIt() throws IOException {
        Path wanted = folder.resolve("a").resolve("b").resolve("..").resolve("c");
        DataFolder data = DataFolder.open(wanted);
        assertEquals(folder.resolve("a").resolve("c").toAbsolutePath(), data.root());
        assertTrue(Files.isDirectory(data.root()));
        assertEquals(data.root().resolve("ports.json"), data.resolve("ports.json"));
    }

    @Test
    void aFileInItsPlaceIsRefusedByName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var refused = assertThrows(IOException.class, () -> DataFolder.open(file.resolve("data")));
        assertTrue(refused.getMessage().startsWith("data folder " + file.resolve("data") + " cannot be made"));
    }

    @Test
    void theFolderOfAnotherUserIsRefusedAndSaysWhatToDo() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder to another user");
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        var refused = assertThrows(IOException.class, () -> DataFolder.open(folder));
        assertEquals(
                "data folder " + folder + " belongs to nobody, this is root: start as that user, or name another folder"
                        + " with --data-dir",
                refused.getMessage());
    }

    @Test
    void aRoleIsLockedByOneProcessAtATimeAndFreeWhenItEnds() throws IOException, InterruptedException {
        DataFolder data = DataFolder.open(folder);
        Process other = holder(Role.ROUTER);
        assertEquals("true", other.inputReader().readLine());
        var refused = assertThrows(IOException.class, () -> data.lock(Role.ROUTER));
        assertEquals(
                "another process of role router runs on data folder " + data.root()
                        + ": stop it first, or name another folder with --data-dir",
                refused.getMessage());
        assertFalse(data.tryLock(Role.ROUTER));
        assertTrue(data.tryLock(Role.SERVING));

        other.destroyForcibly().waitFor();
        assertTrue(data.tryLock(Role.ROUTER));
    }

    private Process holder(Role role) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString(),
                        role.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process that takes a lock, says whether it has it, and keeps it until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            DataFolder data = DataFolder.open(Path.of(arguments[0]));
            System.out.println(data.tryLock(Role.valueOf(arguments[1])));
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
