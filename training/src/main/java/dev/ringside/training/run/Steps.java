package dev.ringside.training.run;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.training.learning.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of a run, each only where what it depends on is not what it was done of before.
 *
 * <p>A step's key is a digest of its own inputs and of the key before it, so that a change reaches all steps behind.
 */
public final class Steps {
    private final RunFolder folder;
    private final Map<Step, Map<String, String>> inputs;
    private final Map<Step, String> keys = new EnumMap<>(Step.class);
    private final Consumer<String> words;
    private final List<StepTime> times = new ArrayList<>();

    /**
     * @param folder where steps keep what they make
     * @param inputs digests of what each step depends on beside the steps before it, by name
     * @param words takes what a person should know
     */
    public Steps(RunFolder folder, Map<Step, Map<String, String>> inputs, Consumer<String> words) {
        this.folder = folder;
        this.inputs = Map.copyOf(inputs);
        this.words = words;
        String before = "";
        for (Step step : Step.values()) {
            before = Digests.sha256(
                    (before + step + Json.write(new TreeMap<>(inputs(step)))).getBytes(StandardCharsets.UTF_8));
            keys.put(step, before);
        }
    }

    private Map<String, String> inputs(Step step) {
        return inputs.getOrDefault(step, Map.of());
    }

    private String key(Step step) {
        return Objects.requireNonNull(keys.get(step));
    }

    /** Takes what a step made before if that still holds, else does it and keeps what it makes. */
    public <T> T step(Step step, StepFiles<T> form, Supplier<T> work) {
        StepRecord before = folder.of(step);
        if (before != null && !before.key().equals(key(step))) {
            words.accept(changed(before.inputs(), inputs(step)) + ": " + step + " and the steps behind it begin anew");
            folder.forget(step);
        } else if (before != null && before.isDone()) {
            Map<String, byte[]> files = folder.files(step, before);
            if (files != null) {
                times.add(new StepTime(step.toString(), true, before.seconds()));
                return form.read(files);
            }
            words.accept("what " + step + " had made is gone or damaged: it is done again");
            folder.forget(step);
        }
        return work(step, form, work, before);
    }

    private <T> T work(Step step, StepFiles<T> form, Supplier<T> work, @Nullable StepRecord before) {
        long started = System.nanoTime();
        boolean first = before == null && step == Step.VALIDATE;
        if (!first) {
            folder.begin(step, key(step), inputs(step));
        }
        T made = work.get();
        if (first) {
            folder.begin(step, key(step), inputs(step)); // not before, as data that is refused leaves nothing
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        folder.done(step, form.write(made), seconds);
        times.add(new StepTime(step.toString(), false, seconds));
        return made;
    }

    /** Work that can fail in its own way. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T call() throws IOException, InterruptedException;
    }

    /** Does a step that is done each time, as what it makes lies outside of the folder. */
    public <T> T always(Step step, Work<T> work) throws IOException, InterruptedException {
        long started = System.nanoTime();
        folder.begin(step, key(step), inputs(step));
        T made = work.call();
        double seconds = (System.nanoTime() - started) / 1e9;
        folder.done(step, Map.of(), seconds);
        times.add(new StepTime(step.toString(), false, seconds));
        return made;
    }

    /** Where the fittings of a step keep how far they are. */
    public Checkpoints checkpoints(Step step) {
        return checkpoints(step, null);
    }

    /** @param other the folder of another run, whose fittings are taken over if they are of this same training */
    public Checkpoints checkpoints(Step step, @Nullable Path other) {
        return folder.checkpoints(step, key(step), other);
    }

    /** What became of each step so far. */
    public List<StepTime> times() {
        return List.copyOf(times);
    }

    private static String changed(Map<String, String> before, Map<String, String> now) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), now.get(name)));
        return names.isEmpty() ? "what it follows from has changed" : String.join(", ", names) + " changed";
    }
}
