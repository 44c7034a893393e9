package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands as they are typed, with what they print, against a control plane that answers as told. */
abstract class AgainstFakeControlPlane {
    @TempDir
    Path folder;

    FakeControlPlane control;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        control = new FakeControlPlane();
    }

    @AfterEach
    void stop() {
        control.close();
    }

    int run(String... arguments) {
        CommandLine line = RingsideCommand.commandLine(arguments);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }
}
