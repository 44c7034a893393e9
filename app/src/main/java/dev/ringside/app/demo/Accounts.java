package dev.ringside.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.demo.report.ArchivedEvents;
import dev.ringside.app.demo.report.Books;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;

/** The closing of the books: waits for the archive to have everything, then compares it with all that was counted. */
final class Accounts {
    private final ControlClient control;
    private final ArchiveEnd archive;
    private final ArchivedEvents events;

    /**
     * @param control the control plane
     */
    Accounts(ControlClient control, ArchiveEnd archive, ArchivedEvents events) {
        this.control = control;
        this.archive = archive;
        this.events = events;
    }

    /**
     * The books, closed.
     *
     * @param books the accounts
     * @param fallbacks predictions that another version answered than the assigned one
     */
    record Closed(Books books, long fallbacks) {}

    /**
     * Closes them.
     *
     * @param answered distinct predictions that the client got an answer for
     */
    Closed close(long answered, Path folder) throws IOException, ControlFailure, InterruptedException {
        archive.await();
        Books.Logged logged = events.compare(folder);
        JsonNode classes = control.get("/api/books").path("outcomes");
        return new Closed(Books.of(answered, logged, Json.read(classes, Books.Classes.class)), logged.fallbacks());
    }
}
