package dev.ringside.training.preparation;

import dev.ringside.contract.file.WholeFile;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What people look at where a validation refused rows: its report in a folder of its own, gone with the next that passes. */
public final class RefusedRows {
    private final Path folder;

    public RefusedRows(Path folder) {
        this.folder = folder;
    }

    /** Keeps the report of refused rows, or clears away an older one. */
    public void keep(ValidationReport report) {
        try {
            if (report.problems().isEmpty()) {
                clear(report);
                return;
            }
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : report.files().entrySet()) {
                WholeFile.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report of the validation cannot be written to " + folder, e);
        }
    }

    private void clear(ValidationReport report) throws IOException {
        for (String file : report.files().keySet()) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    /** Where people look first. */
    public Path page() {
        return folder.resolve(ValidationReport.PAGE).toAbsolutePath().normalize();
    }
}
