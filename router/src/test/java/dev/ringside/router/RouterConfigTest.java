package dev.ringside.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouterConfigTest {
    @Test
    void everyDefaultIsAsDocumented() {
        RouterConfig config = new SmallRyeConfigBuilder()
                .withMapping(RouterConfig.class)
                .build()
                .getConfigMapping(RouterConfig.class);
        assertEquals(1L << 30, config.spoolBytes());
        assertEquals(Duration.ofSeconds(10), config.drain());
        assertEquals(128, config.callsPerVersion());
        assertEquals(50_000, config.repeats());
        assertEquals(64 << 20, config.repeatsBytes());
        assertEquals(Optional.empty(), config.breakGlassFile());
        assertEquals(
                Set.of("spoolBytes", "drain", "callsPerVersion", "repeats", "repeatsBytes", "breakGlassFile"),
                Arrays.stream(RouterConfig.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }
}
