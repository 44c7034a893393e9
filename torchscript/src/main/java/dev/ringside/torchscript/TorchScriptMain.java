package dev.ringside.torchscript;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens TorchScript files and runs them for whoever connects to its Unix domain socket. It ends when the parent that holds
 * its standard input is gone, however that died.
 */
public final class TorchScriptMain {
    private TorchScriptMain() {}

    /**
     * @param args the path of the socket, where nothing is yet
     * @throws IOException if nobody could connect there
     */
    public static void main(String[] args) throws IOException {
        Thread.ofPlatform().daemon().name("parent-watch").start(TorchScriptMain::exitWithParent);
        // The native library is there before anybody is told that this process is.
        Engine.getEngine(OpenModels.ENGINE);
        try (var server = new TorchScriptServer(Path.of(args[0]))) {
            server.serve();
        }
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; only the end of the stream matters.
            }
        } catch (IOException e) {
            System.err.println("parent-watch: " + e);
        }
        // Not exit: destructors of native libraries must not run under models that do.
        Runtime.getRuntime().halt(0);
    }
}
