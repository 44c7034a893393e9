package dev.ringside.app.meters;

import dev.ringside.app.kafka.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which topics this process does not read any more, and how many of their records it passed over. */
public final class TopicMeters implements PartMeters {
    private final Supplier<List<Standing>> standing;
    private final Supplier<Map<String, Long>> passedOver;
    private final List<Rows<Standing>> standings = new ArrayList<>(1);
    private final List<Rows<Map.Entry<String, Long>>> passes = new ArrayList<>(1);

    /**
     * @param standing what stands still now
     * @param passedOver records by topic since the start
     */
    public TopicMeters(Supplier<List<Standing>> standing, Supplier<Map<String, Long>> passedOver) {
        this.standing = standing;
        this.passedOver = passedOver;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "ringside.topic.standstills",
                        this,
                        meters -> meters.standing.get().size())
                .description("Topics, or partitions of them, that this process does not read any more")
                .register(registry);
        standings.add(new Rows<>(
                "ringside.topic.standing",
                "1 for a topic, or a partition of it, that this process does not read any more",
                registry,
                _ -> 1));
        passes.add(new Rows<>(
                "ringside.topic.passed.over",
                "Records of a topic that could not be taken and were passed over since the start",
                registry,
                Map.Entry::getValue));
    }

    @Override
    public void refresh() {
        Map<Tags, Standing> now = new HashMap<>();
        for (Standing each : standing.get()) {
            now.put(Tags.of("topic", each.topic(), "partition", partition(each)), each);
        }
        standings.forEach(rows -> rows.show(now));
        Map<Tags, Map.Entry<String, Long>> passed = passedOver.get().entrySet().stream()
                .collect(Collectors.toMap(entry -> Tags.of("topic", entry.getKey()), Function.identity()));
        passes.forEach(rows -> rows.show(passed));
    }

    private static String partition(Standing standing) {
        return standing.partition() == null ? "all" : standing.partition().toString();
    }
}
