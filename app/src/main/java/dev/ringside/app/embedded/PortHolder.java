package dev.ringside.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who listens on a port of this machine, as far as this user may know. */
final class PortHolder {
    private static final Pattern DATA_DIR = Pattern.compile("--data-dir[ =](\\S+)");
    private static final Pattern BROKER = Pattern.compile("BrokerMain (\\S+)/kafka/server\\.properties");
    private static final Pattern POSTGRES = Pattern.compile("postgres.* -D (\\S+)/postgres\\b");
    private static final Pattern REDIS = Pattern.compile("(\\S+)/redis-binaries/\\S*redis-server");
    private static final String LISTENS = "0A";
    private static final int LONGEST_COMMAND = 100;

    private PortHolder() {}

    /**
     * Why a port cannot be listened on; empty if it can.
     *
     * @param use what wants to, such as {@code Kafka}
     */
    static Optional<String> complaint(InetAddress address, int port, String use) {
        return complaint(address, port, use, "name another base port with --port");
    }

    /** The same, with what else can be done beside stopping whoever has it. */
    static Optional<String> complaint(InetAddress address, int port, String use, String otherwise) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("port " + port + " (" + use + ") is taken by "
                    + holder(port).orElse("a process that this user may not see (" + e.getMessage() + ")")
                    + ": stop it, or " + otherwise);
        }
    }

    /** The process that listens, in words. */
    static Optional<String> holder(int port) {
        try {
            Set<String> sockets = listening(port);
            if (sockets.isEmpty()) {
                return Optional.empty();
            }
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    if (holds(process, sockets)) {
                        return Optional.of(words(process));
                    }
                }
            }
        } catch (IOException e) {
            // What cannot be read is not known.
        }
        return Optional.empty();
    }

    /** The inodes of the sockets that listen on it. */
    private static Set<String> listening(int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        var inodes = new HashSet<String>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    // sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENS)) {
                        inodes.add("socket:[" + fields[9] + "]");
                    }
                }
            }
        }
        return inodes;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : open) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // Another user's, or it has ended meanwhile.
        }
        return false;
    }

    private static String words(Path process) throws IOException {
        String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        return "process " + process.getFileName() + ", " + describe(command);
    }

    static String describe(String command) {
        if (command.contains("quarkus-run.jar")) {
            Matcher folder = DATA_DIR.matcher(command);
            return "the Ringside on data folder "
                    + (folder.find() ? folder.group(1) : DataFolder.standard().toString());
        }
        Matcher broker = BROKER.matcher(command);
        if (broker.find()) {
            return "the Kafka of the Ringside on data folder " + broker.group(1);
        }
        Matcher postgres = POSTGRES.matcher(command);
        if (postgres.find()) {
            return "the PostgreSQL of the Ringside on data folder " + postgres.group(1);
        }
        Matcher redis = REDIS.matcher(command);
        if (redis.find()) {
            return "the Redis of the Ringside on data folder " + redis.group(1);
        }
        return command.length() > LONGEST_COMMAND ? command.substring(0, LONGEST_COMMAND) + " …" : command;
    }
}
