package dev.ringside.engine.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protocol buffer that is written field by field in its wire format, such as an ONNX file. */
public final class ProtocolBuffer {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a whole number, 0 or more. */
    public ProtocolBuffer number(int field, int value) {
        varint((field << 3) | VARINT);
        varint(value);
        return this;
    }

    /** Adds a text, UTF-8. */
    public ProtocolBuffer text(int field, String value) {
        return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message. */
    public ProtocolBuffer message(int field, ProtocolBuffer value) {
        return raw(field, value.bytes());
    }

    /** Adds bytes. */
    public ProtocolBuffer raw(int field, byte[] value) {
        varint((field << 3) | LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(int value) {
        int left = value;
        while (left > 0x7F) {
            bytes.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        bytes.write(left);
    }

    /** What was added, one behind the other. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
