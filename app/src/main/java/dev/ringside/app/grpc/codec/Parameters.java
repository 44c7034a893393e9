package dev.ringside.app.grpc.codec;

import dev.ringside.contract.inference.Found;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.grpc.InferParameter;
import java.util.HashMap;
import java.util.Map;

/** Parameters by name: texts, whole numbers (Long), numbers (Double) and booleans. One without a value is none. */
final class Parameters {
    private Parameters() {}

    static Map<String, Object> read(Map<String, InferParameter> parameters) {
        var read = new HashMap<String, Object>();
        parameters.forEach((name, parameter) -> {
            switch (parameter.getParameterChoiceCase()) {
                case BOOL_PARAM -> read.put(name, parameter.getBoolParam());
                case INT64_PARAM -> read.put(name, parameter.getInt64Param());
                case UINT64_PARAM -> read.put(name, signed(name, parameter.getUint64Param()));
                case STRING_PARAM -> read.put(name, parameter.getStringParam());
                case DOUBLE_PARAM -> read.put(name, finite(name, parameter.getDoubleParam()));
                case PARAMETERCHOICE_NOT_SET -> {}
            }
        });
        return read;
    }

    private static long signed(String name, long value) {
        if (value < 0) {
            throw malformed(name, "expected at most " + Long.MAX_VALUE + ", found " + Long.toUnsignedString(value));
        }
        return value;
    }

    private static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw malformed(name, "expected a finite number, found " + value);
        }
        return value;
    }

    private static InferenceFailure malformed(String name, String rule) {
        return new InferenceFailure(Cause.MALFORMED, "parameter '" + Found.shortened(name) + "': " + rule);
    }

    static Map<String, InferParameter> write(Map<String, Object> parameters) {
        var written = new HashMap<String, InferParameter>();
        parameters.forEach((name, value) -> written.put(name, parameter(name, value)));
        return written;
    }

    private static InferParameter parameter(String name, Object value) {
        InferParameter.Builder parameter = InferParameter.newBuilder();
        return switch (value) {
            case String text -> parameter.setStringParam(text).build();
            case Boolean flag -> parameter.setBoolParam(flag).build();
            case Long number -> parameter.setInt64Param(number).build();
            case Double number -> parameter.setDoubleParam(number).build();
            case Object other ->
                throw new IllegalArgumentException("parameter '" + name
                        + "' must be a text, a boolean, a whole number (Long) or a number (Double), it is " + other
                        + " (" + other.getClass().getSimpleName() + ")");
        };
    }
}
