package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HeapOptionTest {
    @Test
    void whoeverSaysASizeGetsIt() {
        assertEquals(3072, heap("c.yaml", "--heap", "3GB"));
        assertEquals(700, heap("c.yaml", "--heap=700MB"));
        assertThrows(CommandLine.ParameterException.class, () -> heap("c.yaml", "--heap", "3 G"));
    }

    private static long heap(String... arguments) {
        var command = new TrainCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.heap().megabytes();
    }
}
