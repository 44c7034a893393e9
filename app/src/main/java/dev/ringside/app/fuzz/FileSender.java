package dev.ringside.app.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Model files that are broken, each loaded once. */
final class FileSender implements Sender {
    private final Path models;
    private final Http http;
    private final AtomicLong number = new AtomicLong();

    /** @param models the folder that is served */
    FileSender(Path models, Http http) {
        this.models = models;
        this.http = http;
    }

    @Override
    public Answered send(SplittableRandom random) throws IOException, InterruptedException {
        return load(new Bytes(random).changed(EchoFile.bytes()));
    }

    @Override
    public Answered sendRight() throws IOException, InterruptedException {
        Answered loaded = load(EchoFile.bytes());
        return loaded.answer().equals("file 200")
                ? loaded
                : new Answered(loaded.answer(), "a right file was answered " + loaded.answer());
    }

    private Answered load(byte[] file) throws IOException, InterruptedException {
        String name = "broken-" + number.incrementAndGet();
        Path version = Files.createDirectories(models.resolve(name).resolve("1"));
        Path model = Files.write(version.resolve("model.onnx"), file);
        String address = "/v2/repository/models/" + name;
        Answered loaded = http.post(address + "/load", new byte[0]);
        Answered unloaded = http.post(address + "/unload", "{}".getBytes(StandardCharsets.UTF_8));
        Files.delete(model);
        Files.delete(version);
        Files.delete(models.resolve(name));
        String violation = loaded.violation() == null ? unloaded.violation() : loaded.violation();
        return new Answered(loaded.answer().replace("REST", "file"), violation);
    }
}
