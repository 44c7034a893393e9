package dev.ringside.router.feature;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.WrittenValues;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The features of one request while they are filled row by row. */
final class FeatureColumns {
    private final List<SlotFeatures.Feature> features;
    private final List<WrittenValues> values = new ArrayList<>();
    private final int rows;
    private final Map<Missing, Long> missing = new EnumMap<>(Missing.class);
    private @Nullable Map<String, String> defaulted;
    private long found;

    FeatureColumns(List<SlotFeatures.Feature> features, int rows) {
        this.features = features;
        this.rows = rows;
        features.forEach(feature -> values.add(new WrittenValues(feature.input().datatype(), rows)));
    }

    /** The fields to ask for. */
    List<String> names() {
        return features.stream().map(SlotFeatures.Feature::name).toList();
    }

    int rows() {
        return rows;
    }

    /** Takes what stands under a row's key. */
    void take(int row, FeatureStore.Found under) {
        switch (under) {
            case FeatureStore.Found.NoHash none -> miss(row, Missing.UNREADABLE);
            case FeatureStore.Found.Hash(List<@Nullable String> texts) -> {
                for (int i = 0; i < features.size(); i++) {
                    String text = texts.get(i);
                    if (text == null) {
                        miss(row, i, Missing.ABSENT);
                    } else if (values.get(i).put(row, text)) {
                        found++;
                    } else {
                        miss(row, i, Missing.UNREADABLE);
                    }
                }
            }
        }
    }

    /** A row gets the default of each feature. */
    void miss(int row, Missing why) {
        for (int i = 0; i < features.size(); i++) {
            miss(row, i, why);
        }
    }

    private void miss(int row, int i, Missing why) {
        SlotFeatures.Feature feature = features.get(i);
        values.get(i).put(row, feature.instead());
        missing.merge(why, 1L, Long::sum);
        if (defaulted == null) {
            defaulted = new TreeMap<>();
        }
        defaulted.putIfAbsent(feature.name(), why.word());
    }

    /** The inputs. */
    List<Tensor> tensors() {
        var tensors = new ArrayList<Tensor>();
        for (int i = 0; i < features.size(); i++) {
            SlotFeatures.Feature feature = features.get(i);
            List<Long> shape = feature.input().shape().size() == 1 ? List.of((long) rows) : List.of((long) rows, 1L);
            tensors.add(new Tensor(feature.name(), shape, values.get(i).data()));
        }
        return tensors;
    }

    /** The features that have their default in at least one row, and the first reason; null if there is none. */
    @Nullable
    Map<String, String> defaulted() {
        return defaulted;
    }

    void addTo(FeatureCounts counts) {
        counts.found.add(found);
        missing.forEach(counts::add);
    }
}
