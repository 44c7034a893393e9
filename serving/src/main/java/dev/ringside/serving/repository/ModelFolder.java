package dev.ringside.serving.repository;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder that models lie in, as it is on the disk. Nothing of a file's content is read but {@code config.yaml}: a file
 * has changed when its size, time or identity has.
 *
 * <p>Links may point to what lies in the folder, as those of a mounted volume do, never out of it.
 */
public final class ModelFolder {
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 10_000;

    private final Path root;

    /** @param root the folder */
    public ModelFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where it is. */
    public Path root() {
        return root;
    }

    /**
     * Why it cannot be served; empty if it can.
     *
     * @param needsModels whether an empty folder is a mistake
     */
    public Optional<String> complaint(boolean needsModels) {
        if (!Files.isDirectory(root)) {
            return Optional.of(root + (Files.exists(root) ? " is no folder" : " is not there")
                    + ": expected a folder such as " + "DIR of DIR/NAME/1/model.onnx");
        }
        try {
            List<FoundModel> models = scan();
            Optional<String> isModel = models.stream()
                    .map(FoundModel::name)
                    .filter(name -> VersionPolicy.isNumber(name)
                            && modelFile(root.resolve(name), ModelSettings.DEFAULT)
                                    .isPresent())
                    .findFirst();
            if (isModel.isPresent()) {
                return Optional.of(root + " is a model itself, as " + isModel.get() + "/"
                        + modelFile(root.resolve(isModel.get()), ModelSettings.DEFAULT)
                                .orElseThrow()
                        + " lies in it: name the folder above");
            }
            return needsModels && models.isEmpty()
                    ? Optional.of(
                            "there is no model in " + root + ": expected NAME/1/" + ModelSettings.DEFAULT.fileWords())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(root + " cannot be read: " + words(e));
        }
    }

    /**
     * Every model in it, by name.
     *
     * @throws IOException if the folder itself cannot be read
     */
    List<FoundModel> scan() throws IOException {
        var models = new ArrayList<FoundModel>();
        for (Path entry : entries(root)) {
            if (Files.isDirectory(entry) || Files.isSymbolicLink(entry)) {
                models.add(model(entry));
            }
        }
        return models;
    }

    /** One model; nothing if there is none of that name. */
    Optional<FoundModel> find(String name) {
        Path folder = root.resolve(name).normalize();
        boolean isThere = root.equals(folder.getParent())
                && folder.endsWith(name)
                && !name.startsWith(".")
                && Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        return isThere ? Optional.of(model(folder)) : Optional.empty();
    }

    private FoundModel model(Path entry) {
        String name = name(entry);
        try {
            Names.check("name", name);
            Path folder = inside(entry);
            if (!Files.isDirectory(folder)) {
                return FoundModel.broken(name, "expected a folder, found another kind of file");
            }
            Path config = entry.resolve(ModelSettings.FILE);
            if (Files.exists(config, LinkOption.NOFOLLOW_LINKS)) {
                inside(config);
            }
            SettingsFile.Read read = SettingsFile.read(config, name);
            var versions = new HashMap<String, FoundModel.Version>();
            for (Path child : entries(entry)) {
                String version = name(child);
                if (isVersion(child, read.settings())) {
                    versions.put(version, version(child, read.settings()));
                }
            }
            return new FoundModel(name, read.settings(), read.mistakes(), versions);
        } catch (IOException e) {
            return FoundModel.broken(name, words(e));
        } catch (InvalidInput e) {
            return FoundModel.broken(name, "the folder's name: " + e.rule());
        }
    }

    /** A number is a version, whatever is in it; other folders are if the model file is. */
    private static boolean isVersion(Path folder, ModelSettings settings) {
        boolean isFolder = Files.isDirectory(folder) || Files.isSymbolicLink(folder);
        return isFolder
                && (VersionPolicy.isNumber(name(folder))
                        || modelFile(folder, settings).isPresent());
    }

    /** The name of the model file that lies in a version's folder, be it a link that leads nowhere. */
    private static Optional<String> modelFile(Path folder, ModelSettings settings) {
        return settings.fileNames().stream()
                .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    private FoundModel.Version version(Path entry, ModelSettings settings) {
        try {
            Names.check("name", name(entry));
            inside(entry);
            Optional<String> name = modelFile(entry, settings);
            if (name.isEmpty()) {
                return new FoundModel.Unusable(
                        "expected the file " + settings.fileWords() + " in " + shown(entry) + ", found "
                                + entries(entry).stream().map(ModelFolder::name).toList());
            }
            // A model of several files may be a folder of that name.
            Path file = entry.resolve(name.get());
            Path model = Files.isDirectory(file) ? file.resolve(name.get()) : file;
            Path real = inside(model);
            if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
                return new FoundModel.Unusable(shown(model) + " is no file that can be read");
            }
            return new FoundModel.Usable(settings.formatOf(name.get()), model, digest(entry, settings));
        } catch (IOException e) {
            return new FoundModel.Unusable(words(e));
        } catch (InvalidInput e) {
            return new FoundModel.Unusable("the folder's name: " + e.rule());
        }
    }

    /** Over the names, sizes, times and identities of all files of a version, and the settings. */
    private String digest(Path version, ModelSettings settings) throws IOException {
        var lines = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(version.toRealPath(), DEEPEST)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!Files.isDirectory(file)) {
                    // A link that leads nowhere or out is nothing until the model asks for it.
                    Path real = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
                    BasicFileAttributes is =
                            Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    lines.put(
                            file.toString(),
                            real + " " + is.size() + " " + is.lastModifiedTime().toInstant() + " " + is.fileKey());
                }
                if (lines.size() > MOST_FILES) {
                    throw new IOException(
                            shown(version) + " has more than " + MOST_FILES + " files, expected those of a model");
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return Digests.sha256((settings + "\n" + lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Where a path leads, which is in the folder. */
    private Path inside(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            throw new IOException(shown(path) + " is a link out of the model folder, to " + real
                    + "; copy what it points to, or link within the folder");
        }
        return real;
    }

    /** What is in a folder but hidden files, sorted. */
    private static List<Path> entries(Path folder) throws IOException {
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(folder, entry -> !name(entry).startsWith("."))) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        return entries;
    }

    private String words(IOException e) {
        if (e instanceof FileSystemLoopException || !(e instanceof FileSystemException file)) {
            return String.valueOf(e.getMessage());
        }
        String why = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        return shown(Path.of(String.valueOf(file.getFile()))) + ": " + why;
    }

    /** A path as those know it who see the folder. */
    private String shown(Path path) {
        return (path.startsWith(root) ? root.relativize(path) : path).toString();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
