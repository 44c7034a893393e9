package dev.ringside.app.torchscript;

import dev.ringside.app.torchscript.TorchScriptProcess.Connection;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.torchscript.Message;
import dev.ringside.contract.torchscript.RawTensor;
import dev.ringside.contract.torchscript.SignatureDocument;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import dev.ringside.engine.ModelUnreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript file that is open in the process that runs it, for as long as there is a connection for it. Where the
 * process has died, the next run opens the file again in the next one.
 */
final class TorchScriptModel implements LoadedModel {
    /** How long the process may take to start, for who says nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long id;
    private final Path file;
    private final String state;
    private final SignatureDocument document;
    private final Signature signature;
    private final TorchScriptProcess process;
    private final LongSupplier ticker;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private TorchScriptModel(
            long id, Path file, SignatureDocument document, TorchScriptProcess process, LongSupplier ticker)
            throws ModelFailure {
        this.id = id;
        this.file = file;
        this.state = state(file);
        this.document = document;
        this.signature = document.signature();
        this.process = process;
        this.ticker = ticker;
    }

    /**
     * Opens a file.
     *
     * @param id that no other model has
     */
    static TorchScriptModel open(
            long id, Path file, SignatureDocument document, TorchScriptProcess process, LongSupplier ticker)
            throws ModelFailure {
        var model = new TorchScriptModel(id, file, document, process, ticker);
        model.idle.push(model.connect(Deadline.in(PATIENCE, ticker)));
        return model;
    }

    private static String state(Path file) throws ModelFailure {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.size() + " " + is.lastModifiedTime() + " " + is.fileKey();
        } catch (IOException e) {
            throw new ModelFailure("the file cannot be read: " + e.getMessage(), e);
        }
    }

    private Connection connect(Deadline latest) throws ModelFailure {
        // A version is what was verified: another file that lies there by now is another version.
        if (!state(file).equals(state)) {
            throw new ModelFailure(
                    "the file has changed since it was opened, and the process that had it open has died:"
                            + " load the model again");
        }
        Connection connection = process.connect(latest);
        boolean opened = false;
        try {
            ask(connection, new Message.Open(id, file.toString(), document));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    private static List<RawTensor> ask(Connection connection, Message question) throws ModelFailure {
        try {
            connection.channel().write(question);
            return switch (connection.channel().read()) {
                case Message.Done(List<RawTensor> outputs) -> outputs;
                case Message.Failed(String reason) -> throw new ModelFailure(reason);
                case Message.Open _, Message.Run _ -> throw new IOException("it answers with a question");
            };
        } catch (IOException e) {
            connection.close();
            throw new ModelUnreachable("the process that runs TorchScript ended during a run: " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new ModelFailure("the inputs have more than 2 GB together", e);
        }
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws ModelFailure {
        try (var instance = new TorchScriptInstance(this)) {
            instance.feed(List.of(inputs));
            instance.run(outputs, Deadline.in(PATIENCE, ticker));
            return instance.take().getFirst();
        }
    }

    /**
     * Runs it once.
     *
     * @param inputs every input of the signature, in any order
     * @param outputs names of outputs of the signature
     * @param latest nobody waits any longer for the process to start
     * @return these outputs, in that order
     */
    List<RawTensor> run(List<RawTensor> inputs, List<String> outputs, Deadline latest) throws ModelFailure {
        var ordered = new ArrayList<RawTensor>(inputs.size());
        signature.inputs().forEach(input -> ordered.add(named(inputs, input.name())));
        Connection connection = borrow();
        if (connection == null) {
            connection = connect(latest);
        }
        try {
            List<RawTensor> found = ask(connection, new Message.Run(ordered));
            return outputs.stream().map(name -> named(found, name)).toList();
        } finally {
            // One that is closed leads to a process that is dead, and is never taken again.
            idle.push(connection);
        }
    }

    private static RawTensor named(List<RawTensor> tensors, String name) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor '" + name + "'"));
    }

    /** A connection that nobody uses, to a process that lives; null if there is none. */
    private @Nullable Connection borrow() {
        while (true) {
            Connection connection = idle.poll();
            if (connection == null || connection.isUsable()) {
                return connection;
            }
            connection.close();
        }
    }

    @Override
    public ModelInstance instance(boolean byRow) {
        return new TorchScriptInstance(this);
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
