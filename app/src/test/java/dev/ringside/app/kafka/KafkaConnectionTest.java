package dev.ringside.app.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private static final Map<String, String> CONFIGURED = Map.of(
            "kafka.bootstrap.servers", "kafka-1:9092",
            "kafka.security.protocol", "SASL_SSL",
            "kafka.sasl.jaas.config", "… password=\"geheim\";",
            "kafka.ssl.truststore.location", "/trust.jks",
            "kafka.group.id", "not for all clients");

    private final KafkaConnection connection =
            KafkaConnection.configured(key -> Optional.ofNullable(CONFIGURED.get(key)));

    @Test
    void everyClientGetsTheAddressesAndTheCredentialsThatAreConfigured() {
        assertEquals(
                Map.of(
                        "bootstrap.servers", "kafka-1:9092",
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "… password=\"geheim\";",
                        "ssl.truststore.location", "/trust.jks",
                        "acks", "all"),
                connection.with(Map.of("acks", "all")));
    }

    @Test
    void itIsSpokenOfWithoutItsCredentials() {
        assertEquals("kafka-1:9092", connection.toString());
        assertFalse(String.valueOf(connection).contains("geheim"));
    }
}
