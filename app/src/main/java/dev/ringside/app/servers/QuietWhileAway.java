package dev.ringside.app.servers;

import io.quarkus.logging.LoggingFilter;
import java.time.Duration;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Keeps what the clients of a server that is away repeat each second out of the log, and for as long as they need to find
 * it again: that it is away was said once, by {@link ServerWatch}, and how many lines were left out is said when it is
 * back. Errors that are not about connections stay.
 */
@LoggingFilter(name = "quiet-while-away")
public final class QuietWhileAway implements Filter {
    private static final long AFTERWARDS = Duration.ofSeconds(20).toNanos();

    private volatile long quietUntil = System.nanoTime();

    @Override
    public boolean isLoggable(LogRecord record) {
        if (!concernsServers(record)) {
            return true;
        }
        long now = System.nanoTime();
        if (Servers.current().anyAway()) {
            quietUntil = now + AFTERWARDS;
        }
        if (now - quietUntil >= 0) {
            return true;
        }
        Servers.current().countLeftOut();
        return false;
    }

    private static boolean concernsServers(LogRecord record) {
        String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
        if (logger.startsWith("org.apache.kafka.") || logger.startsWith("io.agroal.")) {
            return true;
        }
        return logger.startsWith("dev.ringside.app.kafka.") && record.getLevel().intValue() <= Level.WARNING.intValue();
    }
}
