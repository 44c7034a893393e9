package dev.ringside.torchscript;

import dev.ringside.contract.torchscript.Message;
import dev.ringside.contract.torchscript.MessageChannel;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes connections at a Unix domain socket, and answers each on a thread of its own. */
final class TorchScriptServer implements AutoCloseable {
    private final ServerSocketChannel socket;
    private final OpenModels models = new OpenModels();

    /** @param address where the socket is made, at most 107 bytes long */
    TorchScriptServer(Path address) throws IOException {
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(address));
    }

    /** Takes connections until it is closed. */
    void serve() throws IOException {
        while (true) {
            try {
                SocketChannel connection = socket.accept();
                Thread.ofPlatform().daemon().name("torchscript-connection").start(() -> answer(connection));
            } catch (AsynchronousCloseException e) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) {
        Long opened = null;
        OpenModel model = null;
        try (var channel = new MessageChannel(connection)) {
            while (true) {
                Message asked = channel.read();
                Message answer;
                try {
                    if (asked instanceof Message.Open open && opened == null) {
                        model = models.acquire(open);
                        opened = open.model();
                        answer = new Message.Done(List.of());
                    } else {
                        answer = run(model, asked);
                    }
                } catch (ModelRefused e) {
                    answer = new Message.Failed(String.valueOf(e.getMessage()));
                } catch (RuntimeException e) {
                    answer = new Message.Failed(NativeWords.of(e));
                }
                channel.write(answer);
            }
        } catch (EOFException | ClosedChannelException e) {
            // Whoever asked has what it wanted, or is gone.
        } catch (IOException | RuntimeException e) {
            System.err.println("torchscript-connection: " + e);
        } finally {
            if (opened != null) {
                models.release(opened);
            }
        }
    }

    private static Message run(@Nullable OpenModel model, Message asked) throws ModelRefused {
        if (asked instanceof Message.Run run && model != null) {
            return new Message.Done(model.run(run.inputs()));
        }
        throw new ModelRefused("expected a model to be opened, then runs of it, found "
                + asked.getClass().getSimpleName());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
