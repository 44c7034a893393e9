package dev.ringside.contract.model;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.inference.DataType;
import java.util.List;

/**
 * Name, type and shape of an input or output, as the Open Inference Protocol's metadata writes them.
 *
 * @param name the tensor's name
 * @param datatype its type
 * @param shape its dimensions, −1 for one that varies; the first is the batch
 */
public record TensorSpec(String name, DataType datatype, List<Long> shape) {
    /** Checks the dimensions. */
    public TensorSpec {
        require(name != null && !name.isBlank(), "name", "missing: every tensor needs a name");
        require(datatype != null, "datatype", "missing: expected " + DataType.names());
        require(shape != null && !shape.isEmpty(), "shape", "missing: expected such as [-1, 1]");
        shape = List.copyOf(shape);
        require(
                shape.stream().allMatch(n -> n >= -1),
                "shape",
                "expected dimensions of −1 (any) or more, found " + shape);
    }

    /** Whether a tensor of this actual shape fits: same rank, each dimension equal where it is fixed. */
    public boolean admits(List<Long> actual) {
        if (actual.size() != shape.size()) {
            return false;
        }
        for (int i = 0; i < actual.size(); i++) {
            if (shape.get(i) >= 0 && !shape.get(i).equals(actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    void requireMatches(String field, TensorSpec other) {
        require(
                datatype == other.datatype,
                field,
                "expected datatype " + datatype + " as the slot declares, found " + other.datatype);
        require(isCompatible(other), field, "expected shape " + shape + " as the slot declares, found " + other.shape);
    }

    /** Whether the other fixes no dimension that varies here; both are of one rank. */
    void requireAsWide(String field, TensorSpec other) {
        for (int i = 0; i < shape.size(); i++) {
            require(
                    shape.get(i) >= 0 || other.shape.get(i) < 0,
                    field,
                    "expected shape " + shape + " as the slot declares, found only " + other.shape
                            + ": export it with a batch that varies, or declare the slot so");
        }
    }

    /** Whether some tensor fits both: same rank, and dimensions that both fix are equal. */
    boolean isCompatible(TensorSpec other) {
        if (shape.size() != other.shape.size()) {
            return false;
        }
        for (int i = 0; i < shape.size(); i++) {
            long mine = shape.get(i);
            long theirs = other.shape.get(i);
            if (mine >= 0 && theirs >= 0 && mine != theirs) {
                return false;
            }
        }
        return true;
    }
}
