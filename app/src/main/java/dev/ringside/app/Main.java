package dev.ringside.app;

import dev.ringside.app.command.RingsideCommand;
import dev.ringside.app.program.NativeLibraries;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry of every command; only {@code up} and {@code serving} start the application server. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** Runs a command and ends with its exit status. */
    public static void main(String... args) {
        NativeLibraries.useUnpacked();
        System.exit(RingsideCommand.execute(args));
    }
}
