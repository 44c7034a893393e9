package dev.ringside.contract.torchscript;

import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor as it travels: its values are raw bytes as {@link BinaryData} has them.
 *
 * @param name the tensor's name
 * @param datatype the type of its values
 * @param shape its dimensions, each 0 or more
 * @param values row-major, the least significant byte first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawTensor(String name, DataType datatype, List<Long> shape, byte[] values) {
    /** Copies the shape. */
    public RawTensor {
        shape = List.copyOf(shape);
    }

    /**
     * One tensor made of others, one behind the other along the first axis.
     *
     * @param parts at least one, all of one name and type and with the same dimensions after the first
     */
    public static RawTensor joined(List<Tensor> parts) {
        Tensor first = parts.getFirst();
        if (parts.size() == 1) {
            return new RawTensor(first.name(), first.datatype(), first.shape(), BinaryData.write(first.data()));
        }
        long rows = 0;
        int size = 0;
        var pieces = new ArrayList<byte[]>(parts.size());
        for (Tensor part : parts) {
            byte[] piece = BinaryData.write(part.data());
            pieces.add(piece);
            size = Math.addExact(size, piece.length);
            rows += part.shape().getFirst();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        pieces.forEach(all::put);
        return new RawTensor(first.name(), first.datatype(), shape(rows, first.shape()), all.array());
    }

    private static List<Long> shape(long rows, List<Long> like) {
        var shape = new ArrayList<>(like);
        shape.set(0, rows);
        return shape;
    }

    /** How many values its shape says. */
    public long count() {
        long count = 1;
        for (long n : shape) {
            count = Math.multiplyExact(count, n);
        }
        return count;
    }

    /**
     * The tensor.
     *
     * @throws dev.ringside.contract.inference.InferenceFailure if the bytes are not so many values
     */
    public Tensor tensor() {
        return new Tensor(
                name, shape, BinaryData.read("tensor '" + name + "'", ByteBuffer.wrap(values), datatype, count()));
    }

    /**
     * Some rows of it.
     *
     * @param from the first of them
     * @param rows how many
     */
    public Tensor rows(long from, int rows) {
        if (datatype == DataType.BYTES) {
            throw new IllegalArgumentException("texts have no width");
        }
        List<Long> part = shape(rows, shape);
        long inRow = part.stream().skip(1).reduce(1L, Math::multiplyExact);
        int width = BinaryData.width(datatype);
        ByteBuffer piece = ByteBuffer.wrap(
                        values, Math.toIntExact(from * inRow * width), Math.toIntExact(rows * inRow * width))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(name, part, BinaryData.take(piece, datatype, Math.toIntExact(rows * inRow)));
    }
}
