package dev.ringside.serving.repository;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was seen when the folder was looked at. A change counts when it is seen the same twice: files that are being copied
 * are not loaded half. Owned by one thread.
 */
final class Polls {
    private final Map<String, FoundModel> taken = new HashMap<>();
    private final Map<String, FoundModel> last = new HashMap<>();

    /** All of this was taken. */
    void seen(List<FoundModel> found) {
        found.forEach(model -> {
            taken.put(model.name(), model);
            last.put(model.name(), model);
        });
    }

    /** The models that are others than they were, and have been so since the last time. */
    List<FoundModel> changed(List<FoundModel> found) {
        List<FoundModel> changed = found.stream()
                .filter(model -> model.equals(last.get(model.name())) && !model.equals(taken.get(model.name())))
                .toList();
        found.forEach(model -> last.put(model.name(), model));
        changed.forEach(model -> taken.put(model.name(), model));
        return changed;
    }

    /** The models that are not there any more. */
    List<String> missing(List<FoundModel> found) {
        Set<String> there = found.stream().map(FoundModel::name).collect(Collectors.toSet());
        List<String> missing =
                taken.keySet().stream().filter(name -> !there.contains(name)).toList();
        missing.forEach(taken::remove);
        last.keySet().retainAll(there);
        return missing;
    }
}
