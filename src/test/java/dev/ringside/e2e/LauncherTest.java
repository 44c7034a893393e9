package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ringside}, in a source tree and among tools that are made up: they only say how they are called. */
class LauncherTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    /** What the script may use; without Maven and a JDK, which a machine may have in the same place. */
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "id",
            "mkdir",
            "readlink",
            "rm",
            "sed",
            "tail",
            "touch",
            "uname");

    @TempDir
    Path folder;

    private Path home;
    private Path tools;
    private Path javaHome;

    private record Ended(int status, List<String> out, List<String> err) {}

    @BeforeEach
    void makeASourceTreeAndTools() throws IOException {
        home = folder.resolve("a home");
        Files.createDirectories(home.resolve("app/src/main/java"));
        Files.createDirectories(home.resolve(".ci"));
        Files.copy(Application.HOME.resolve("ringside"), home.resolve("ringside"));
        Files.copy(Application.HOME.resolve(".ci/count-tests.awk"), home.resolve(".ci/count-tests.awk"));
        write(home.resolve("pom.xml"), "");
        write(home.resolve("app/pom.xml"), "");
        write(home.resolve("app/src/main/java/Main.java"), "");
        jdk("jdk-17", 17);
        jdk("jdk-25", 25);
        javaHome = folder.resolve("jdk-25");
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
        }
        maven("3.8.7", "mkdir -p app/target/quarkus-app && touch app/target/quarkus-app/quarkus-run.jar");
    }

    private void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void jdk(String name, int major) throws IOException {
        Path jdk = folder.resolve(name);
        script(jdk.resolve("bin/javac"), "exit 0");
        script(jdk.resolve("bin/java"), "for a in \"$@\"; do echo \"" + major + " $a\"; done");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + major + ".0.1\"\n");
    }

    /** Says its version when it is asked, else notes its arguments and builds. */
    private void maven(String version, String build) throws IOException {
        script(
                tools.resolve("mvn"),
                "[ \"$1\" = --version ] && { echo 'Apache Maven " + version + "'; exit; }\n" + "echo \"$@\" >> '"
                        + folder.resolve("builds") + "'\n" + build);
    }

    private List<String> builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    private Ended run(Path launcher, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.resolve("user").toString());
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return new Ended(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return run(home.resolve("ringside"), arguments);
    }

    @Test
    void itHandsOverFromAnyFolderThroughALinkAndWithSpacesInTheWay() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("ringside"));
        for (Path launcher : List.of(link, home.resolve("ringside"))) {
            Ended ended = run(launcher, "models", "a b");
            assertEquals(0, ended.status(), ended::toString);
            assertTrue(ended.out().contains("25 -Dringside.platform.home=" + home), ended::toString);
            assertEquals(
                    List.of("25 " + home.resolve("app/target/quarkus-app/quarkus-run.jar"), "25 models", "25 a b"),
                    ended.out().subList(ended.out().size() - 3, ended.out().size()));
        }
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws IOException, InterruptedException {
        javaHome = folder.resolve("jdk-17");
        Files.createSymbolicLink(tools.resolve("javac"), folder.resolve("jdk-25/bin/javac"));
        Ended ended = run("models");
        assertEquals(0, ended.status(), ended::toString);
        assertEquals("25 models", ended.out().getLast(), ended::toString);
    }

    @Test
    void itBuildsWhenASourceIsNewerThanTheBuildAndOnlyThen() throws IOException, InterruptedException {
        run("models");
        assertEquals(1, builds().size());
        assertTrue(builds().getFirst().endsWith("package"), builds()::toString);
        run("models");
        assertEquals(1, builds().size(), "nothing has changed");

        Path source = home.resolve("app/src/main/java/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("models");
        assertEquals(2, builds().size(), "a source has changed");

        Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
        Path built = home.resolve("app/target/quarkus-app/quarkus-run.jar");
        Files.setLastModifiedTime(built, FileTime.from(LONG_AGO.plusSeconds(60)));
        Files.setLastModifiedTime(source.getParent(), FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(home.resolve("app/src/main"), FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(home.resolve("app/src"), FileTime.from(LONG_AGO));
        run("models");
        assertEquals(2, builds().size(), "all is older");
        Files.delete(source);
        run("models");
        assertEquals(3, builds().size(), "a source is gone");
    }

    @Test
    void withoutAMavenThatWillDoItSaysInOneLineWhatToInstall() throws IOException, InterruptedException {
        Files.delete(tools.resolve("mvn"));
        assertComplains("no Maven in PATH; install it with: apt-get install maven");
        maven("3.6.3", "exit 0");
        assertComplains("needs Maven 3.8 or newer, found 3.6; install it with: apt-get install maven");
    }

    private void assertComplains(String complaint) throws IOException, InterruptedException {
        Ended ended = run("models");
        assertEquals(2, ended.status(), ended::toString);
        assertEquals(List.of(), ended.out());
        assertEquals("ringside: " + complaint, ended.err().getLast());
        assertEquals(
                1,
                ended.err().stream().filter(line -> !line.contains("building")).count(),
                ended::toString);
        assertEquals(List.of(), builds());
    }

    @Test
    void aBuildThatFailsIsNotStarted() throws IOException, InterruptedException {
        maven("3.9.9", "echo '[ERROR] no such library'; exit 1");
        Ended ended = run("models");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("[ERROR] no such library"), ended::toString);
        assertEquals(List.of(), ended.out());
    }

    @Test
    void afterAVerifyItNeedsNoNetwork() throws IOException, InterruptedException {
        Ended verified = run("verify");
        assertEquals(0, verified.status(), verified::toString);
        assertTrue(builds().getFirst().contains(" verify"), builds()::toString);
        Files.setLastModifiedTime(
                home.resolve("app/src/main/java/Main.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        run("models");
        assertTrue(builds().getLast().contains(" -o "), builds()::toString);
    }

    @Test
    void aQuickVerifyRunsNoProcessesAndNoSimulationsAndIsNoFullOne() throws IOException, InterruptedException {
        Ended verified = run("verify", "--quick", "-Dtest=PolicyTest");
        assertEquals(0, verified.status(), verified::toString);
        String arguments = builds().getFirst();
        assertTrue(arguments.contains("-DexcludedGroups=slow -pl !src/test test -Dtest=PolicyTest"), arguments);
        assertTrue(Files.notExists(home.resolve("target/.verified")), "a quick one does not fetch all that is needed");
    }

    @Test
    void itsLastLinesNameWhatFailed() throws IOException, InterruptedException {
        String report = "<testsuite name=\"a.FirstTest\" tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\">\\n"
                + "  <testcase name=\"holds\" classname=\"a.FirstTest\"/>\\n"
                + "  <testcase name=\"fails\" classname=\"a.FirstTest\">\\n"
                + "    <failure message=\"&apos;x&apos; expected: &lt;1&gt;&#10;but was: &lt;2&gt;\" type=\"x\">trace</failure>\\n"
                + "  </testcase>\\n"
                + "  <testcase name=\"breaks\" classname=\"a.FirstTest\">\\n    <error type=\"x\">trace</error>\\n"
                + "  </testcase>\\n</testsuite>\\n";
        maven(
                "3.9.9",
                "mkdir -p app/target/surefire-reports && printf '" + report
                        + "' > app/target/surefire-reports/TEST-a.FirstTest.xml; exit 1");
        Ended verified = run("verify");
        assertEquals(1, verified.status(), verified::toString);
        assertEquals(
                List.of(
                        "failed: a.FirstTest.fails: 'x' expected: <1> but was: <2>",
                        "failed: a.FirstTest.breaks: ",
                        "1 passed, 2 failed, 0 skipped"),
                verified.out());
    }

    @Test
    void verifyHasHelp() throws IOException, InterruptedException {
        Ended help = run("verify", "--help");
        assertEquals(0, help.status(), help::toString);
        assertTrue(help.out().getFirst().startsWith("Usage: ringside verify [--quick]"), help::toString);
        assertEquals(List.of(), builds());
    }
}
