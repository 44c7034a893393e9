package dev.ringside.training;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This same virtual machine, with the same options and libraries, to be started once more for a part of the work. */
final class ThisProgram {
    private ThisProgram() {}

    /**
     * The process, not yet started.
     *
     * @param program whose {@code main} is run
     * @param arguments its arguments
     */
    static ProcessBuilder again(Class<?> program, List<String> arguments) {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        all.add(program.getName());
        all.addAll(arguments);
        var builder = new ProcessBuilder(all);
        // Not an argument: ONNX Runtime 1.29 dies of a command line of some 4 kB, which it looks through recursively.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }
}
