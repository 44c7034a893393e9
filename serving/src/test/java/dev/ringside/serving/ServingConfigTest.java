package dev.ringside.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.json.DurationText;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServingConfigTest {
    @Test
    void everyDefaultIsAsStatedHere() {
        ServingConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, DurationText::parse)
                .withMapping(ServingConfig.class)
                .build()
                .getConfigMapping(ServingConfig.class);

        assertEquals(1, config.intraOpThreads());
        assertEquals(OptionalInt.empty(), config.threads());
        assertEquals(256, config.queue());
        assertEquals(Duration.ofSeconds(60), config.fetchTimeout());
        assertEquals(Duration.ofMillis(500), config.retryAfter());
        assertEquals(Duration.ofSeconds(30), config.retryAtMost());
        assertEquals(Duration.ofSeconds(10), config.drainTimeout());
        assertEquals(Duration.ofMinutes(2), config.loadTimeout());
        assertEquals(List.of("auto"), config.devices());
        assertEquals(9, ServingConfig.class.getDeclaredMethods().length);
    }
}
