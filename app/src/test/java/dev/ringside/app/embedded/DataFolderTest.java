package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringside.app.configuration.Role;
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
        assertEquals(refusal("of role router runs on"), refused(data, Role.ROUTER));
        assertFalse(data.tryLock(Role.ROUTER));
        assertTrue(data.tryLock(Role.SERVING));

        other.destroyForcibly().waitFor();
        assertTrue(data.tryLock(Role.ROUTER));
    }

    @Test
    void theEmbeddedPartsAreStartedByOneProcessWhicheverItsRole() throws IOException, InterruptedException {
        Process other = holder(Role.ALL);
        assertEquals(refusal("has started PostgreSQL and Kafka in"), refused(DataFolder.open(folder), Role.NONE));
        other.destroyForcibly().waitFor();
    }

    private String refusal(String how) {
        return "another process " + how + " data folder " + folder
                + ": stop it first, or name another folder with --data-dir";
    }

    private static String refused(DataFolder data, Role role) {
        return assertThrows(IOException.class, () -> data.lock(role)).getMessage();
    }

    /** Another process, which has taken the lock and collected its garbage since. */
    private Process holder(Role role) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString(),
                        role.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals("locked", process.inputReader().readLine());
        return process;
    }

    /** Takes a lock and keeps it until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            DataFolder.open(Path.of(arguments[0])).lock(Role.valueOf(arguments[1]));
            for (int i = 0; i < 5; i++) {
                System.gc();
                Thread.sleep(20);
            }
            System.out.println("locked");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
