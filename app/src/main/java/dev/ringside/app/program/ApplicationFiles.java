package dev.ringside.app.program;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the packaged application's own files are. */
public final class ApplicationFiles {
    private ApplicationFiles() {}

    /** The jar that is started: {@code quarkus-run.jar}. */
    public static Path jar() {
        return folder().resolve("quarkus-run.jar");
    }

    /** The broker's jars. */
    public static Path broker() {
        return folder().resolve("broker");
    }

    /** The training process's jars. */
    public static Path training() {
        return folder().resolve("training");
    }

    /** The jars of the process that runs TorchScript files. */
    public static Path torchscript() {
        return folder().resolve("torchscript");
    }

    /** The native libraries that are unpacked once, by the build; libraries unpack their own where it is not there. */
    public static Path nativeLibraries() {
        return folder().resolve("native");
    }

    /** The folder of the source tree, which has the demo's files: as the launcher says, else found upwards. */
    public static Path home() {
        String given = System.getProperty("ringside.platform.home");
        if (given != null) {
            return Path.of(given);
        }
        for (Path p = folder(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve("demo").resolve("flights.parquet"))) {
                return p;
            }
        }
        throw new IllegalStateException("the folder with demo/flights.parquet is not above " + folder()
                + ": start with the launcher ./ringside, or say -Dringside.platform.home=DIR");
    }

    /** The folder of {@code quarkus-run.jar}: this class is in a jar one or two levels below it. */
    private static Path folder() {
        try {
            Path here = Path.of(ApplicationFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path p = here; p != null; p = p.getParent()) {
                if (Files.exists(p.resolve("quarkus-run.jar"))) {
                    return p;
                }
                if (Files.exists(p.resolve("quarkus-app").resolve("quarkus-run.jar"))) {
                    return p.resolve("quarkus-app");
                }
            }
            throw new IllegalStateException("no quarkus-run.jar above " + here + ": build with ./ringside");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
