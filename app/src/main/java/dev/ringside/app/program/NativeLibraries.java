package dev.ringside.app.program;

import java.nio.file.Files;

/** Where libraries find their native parts, so that not every process unpacks them anew. */
public final class NativeLibraries {
    /** ONNX Runtime's property for the folder that has its libraries, all of them; without it, it unpacks its own. */
    static final String ONNX_RUNTIME = "onnxruntime.native.path";

    private NativeLibraries() {}

    /** Those that the build has unpacked, unless somebody says others; before any of them is loaded. */
    public static void useUnpacked() {
        if (System.getProperty(ONNX_RUNTIME) == null && Files.isDirectory(ApplicationFiles.nativeLibraries())) {
            System.setProperty(ONNX_RUNTIME, ApplicationFiles.nativeLibraries().toString());
        }
    }
}
