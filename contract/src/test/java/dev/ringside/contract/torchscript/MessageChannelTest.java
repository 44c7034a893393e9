package dev.ringside.contract.torchscript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.TensorSpec;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageChannelTest {
    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private SocketChannel socket;
    private MessageChannel here;
    private MessageChannel there;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        socket = SocketChannel.open(address);
        here = new MessageChannel(socket);
        there = new MessageChannel(server.accept());
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
        server.close();
    }

    private Message sent(Message message) throws IOException {
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                here.write(message);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            return there.read();
        } finally {
            try {
                sender.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void messagesComeAsTheyWere() throws IOException {
        var x = new TensorSpec("x", DataType.FP32, List.of(-1L, 8L));
        var open = new Message.Open(7, "/models/é.pt", new SignatureDocument(List.of(x), List.of(x), null, Map.of()));

        assertEquals(open, sent(open));
        assertEquals(new Message.Failed("why"), sent(new Message.Failed("why")));
        assertEquals(new Message.Done(List.of()), sent(new Message.Done(List.of())));
    }

    @Test
    void tensorsComeAsTheyWereHoweverLarge() throws IOException {
        float[] values = new float[3_000_000];
        values[2_999_999] = Float.NaN;
        var large = new Tensor("large", List.of(1_500L, 2_000L), new TensorData.Fp32(values));
        Tensor texts = Tensor.column("texts", "a", "", "é");
        var none = new Tensor("none", List.of(0L, 4L), new TensorData.Fp64(new double[0]));

        Message.Run found = assertInstanceOf(
                Message.Run.class,
                sent(new Message.Run(List.of(large, texts, none).stream()
                        .map(tensor -> RawTensor.joined(List.of(tensor)))
                        .toList())));

        assertEquals(
                List.of(large, texts, none),
                found.inputs().stream().map(RawTensor::tensor).toList());
    }

    @Test
    void requestsAreJoinedByRowsAndSharedOutAgain() {
        RawTensor joined = RawTensor.joined(List.of(
                new Tensor("x", List.of(1L, 2L), new TensorData.Bf16(new float[] {1, 2})),
                new Tensor("x", List.of(2L, 2L), new TensorData.Bf16(new float[] {3, 4, 5, 6}))));

        assertEquals(List.of(3L, 2L), joined.shape());
        assertEquals(
                new Tensor("x", List.of(2L, 2L), new TensorData.Bf16(new float[] {3, 4, 5, 6})), joined.rows(1, 2));
        assertArrayEquals(
                new String[] {"a", "b"},
                ((TensorData.Bytes) RawTensor.joined(List.of(Tensor.column("t", "a"), Tensor.column("t", "b")))
                                .tensor()
                                .data())
                        .values());
    }

    @Test
    void whatIsNoMessageIsRefused() throws IOException {
        socket.write(ByteBuffer.allocate(5).putInt(1).put((byte) 9).flip());
        assertEquals(
                "a message is of kind 9, expected 1 to 4",
                assertThrows(IOException.class, () -> there.read()).getMessage());
        socket.write(ByteBuffer.allocate(9).putInt(5).put((byte) 4).putInt(100).flip());
        assertEquals(
                "a message of 5 bytes ends before what it says",
                assertThrows(IOException.class, () -> there.read()).getMessage());
        here.close();
        assertThrows(EOFException.class, () -> there.read());
    }
}
