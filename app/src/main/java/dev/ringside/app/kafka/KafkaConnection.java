package dev.ringside.app.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Where Kafka is, and how a client proves to it who it is: what every client of a process has in common.
 *
 * @param settings {@code bootstrap.servers} and whatever of {@code security.*}, {@code sasl.*} and {@code ssl.*} is
 *     configured, by Kafka's own names
 */
public record KafkaConnection(Map<String, String> settings) {
    /** What stands before Kafka's names in the configuration. */
    public static final String PREFIX = "kafka.";

    /** Copies the settings. */
    public KafkaConnection {
        settings = Map.copyOf(settings);
    }

    /**
     * What a configuration says.
     *
     * @param configured the value of a key such as {@code kafka.bootstrap.servers}
     */
    public static KafkaConnection configured(Function<String, Optional<String>> configured) {
        var settings = new TreeMap<String, String>();
        AdminClientConfig.configNames().stream()
                .filter(KafkaConnection::concernsAllClients)
                .forEach(name -> configured.apply(PREFIX + name).ifPresent(value -> settings.put(name, value)));
        return new KafkaConnection(settings);
    }

    private static boolean concernsAllClients(String name) {
        return name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                || name.startsWith("security.")
                || name.startsWith("sasl.")
                || name.startsWith("ssl.");
    }

    /** Its addresses, as they are written. */
    public String servers() {
        return settings.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** These settings with those that only one client has. */
    public Map<String, Object> with(Map<String, ? extends Object> own) {
        var all = new HashMap<String, Object>(settings);
        all.putAll(own);
        return all;
    }

    /** Without what must not be printed. */
    @Override
    public String toString() {
        return servers();
    }
}
