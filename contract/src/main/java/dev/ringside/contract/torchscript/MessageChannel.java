package dev.ringside.contract.torchscript;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection over which messages go. A message is the length of what follows (4 bytes, the most significant first), its
 * kind (1 byte) and its body; a tensor in it is its name, its type, its dimensions, and its values with their
 * length before them. To be used by one thread at a time.
 */
public final class MessageChannel implements Closeable {
    private static final byte OPEN = 1;
    private static final byte RUN = 2;
    private static final byte DONE = 3;
    private static final byte FAILED = 4;

    private final SocketChannel socket;

    /** @param socket connected, and closed with this */
    public MessageChannel(SocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Sends a message.
     *
     * @throws IOException if the other side is gone
     * @throws ArithmeticException if its tensors have more than 2 GB together; nothing was sent
     */
    public void write(Message message) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        switch (message) {
            case Message.Open(long model, String file, SignatureDocument signature) -> {
                out.writeByte(OPEN);
                out.writeLong(model);
                write(out, file.getBytes(StandardCharsets.UTF_8));
                write(out, Json.bytes(signature));
            }
            case Message.Failed(String reason) -> {
                out.writeByte(FAILED);
                write(out, reason.getBytes(StandardCharsets.UTF_8));
            }
            case Message.Run(List<RawTensor> inputs) -> {
                out.writeByte(RUN);
                write(out, bytes, inputs);
                return;
            }
            case Message.Done(List<RawTensor> outputs) -> {
                out.writeByte(DONE);
                write(out, bytes, outputs);
                return;
            }
        }
        send(List.of(ByteBuffer.wrap(bytes.toByteArray())));
    }

    private static void write(DataOutputStream out, byte[] text) throws IOException {
        out.writeInt(text.length);
        out.write(text);
    }

    /** Values are not copied: they go from where they are. */
    private void write(DataOutputStream out, ByteArrayOutputStream bytes, List<RawTensor> tensors) throws IOException {
        var parts = new ArrayList<ByteBuffer>(2 * tensors.size() + 1);
        out.writeInt(tensors.size());
        for (RawTensor tensor : tensors) {
            write(out, tensor.name().getBytes(StandardCharsets.UTF_8));
            write(out, tensor.datatype().name().getBytes(StandardCharsets.UTF_8));
            out.writeInt(tensor.shape().size());
            for (long n : tensor.shape()) {
                out.writeLong(n);
            }
            out.writeInt(tensor.values().length);
            parts.add(ByteBuffer.wrap(bytes.toByteArray()));
            bytes.reset();
            parts.add(ByteBuffer.wrap(tensor.values()));
        }
        parts.add(ByteBuffer.wrap(bytes.toByteArray()));
        send(parts);
    }

    private void send(List<ByteBuffer> parts) throws IOException {
        int size = 0;
        for (ByteBuffer part : parts) {
            size = Math.addExact(size, part.remaining());
        }
        var all = new ArrayList<ByteBuffer>(parts.size() + 1);
        all.add(ByteBuffer.allocate(Integer.BYTES).putInt(size).flip());
        all.addAll(parts);
        ByteBuffer[] buffers = all.toArray(ByteBuffer[]::new);
        long left = (long) size + Integer.BYTES;
        while (left > 0) {
            left -= socket.write(buffers);
        }
    }

    /**
     * Waits for a message.
     *
     * @throws EOFException if the other side is gone
     * @throws IOException if what came is no message, or the connection is broken
     */
    public Message read() throws IOException {
        int size = exactly(Integer.BYTES).getInt();
        if (size < 1) {
            throw new IOException("a message has " + size + " bytes, expected at least its kind");
        }
        ByteBuffer in = exactly(size);
        try {
            byte kind = in.get();
            return switch (kind) {
                case OPEN -> new Message.Open(in.getLong(), text(in), SignatureDocument.read(bytes(in)));
                case RUN -> new Message.Run(tensors(in));
                case DONE -> new Message.Done(tensors(in));
                case FAILED -> new Message.Failed(text(in));
                default -> throw new IOException("a message is of kind " + kind + ", expected 1 to 4");
            };
        } catch (BufferUnderflowException e) {
            throw new IOException("a message of " + size + " bytes ends before what it says", e);
        }
    }

    private ByteBuffer exactly(int size) throws IOException {
        ByteBuffer room = ByteBuffer.allocate(size);
        while (room.hasRemaining()) {
            if (socket.read(room) < 0) {
                throw new EOFException("the other side is gone");
            }
        }
        return room.flip();
    }

    private static byte[] bytes(ByteBuffer in) {
        int size = in.getInt();
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static List<RawTensor> tensors(ByteBuffer in) {
        int count = in.getInt();
        var tensors = new ArrayList<RawTensor>();
        for (int i = 0; i < count; i++) {
            String name = text(in);
            DataType type = DataType.valueOf(text(in));
            int rank = in.getInt();
            var shape = new ArrayList<Long>();
            for (int d = 0; d < rank; d++) {
                shape.add(in.getLong());
            }
            tensors.add(new RawTensor(name, type, shape, bytes(in)));
        }
        return tensors;
    }

    /** Whether this side has not closed it. */
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
