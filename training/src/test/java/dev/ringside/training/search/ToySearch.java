package dev.ringside.training.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;

/** A search as a process, for a test that kills it. Arguments: the document's file and the folder. */
final class ToySearch {
    private ToySearch() {}

    public static void main(String... arguments) throws Exception {
        ObjectNode document = Spaces.document(Files.readString(Path.of(arguments[0])));
        new Search(
                        SearchReader.read("toy", document),
                        document,
                        ProcessObjectiveTest.processes(),
                        Path.of(arguments[1]),
                        SearchListener.none())
                .run();
    }
}
