package dev.ringside.app.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where a command writes for people: with a moving bar on a terminal, in plain lines elsewhere. */
public final class Terminal {
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;

    private final PrintStream out;
    private final boolean moving;
    private final LongSupplier nanoTime;

    /**
     * @param out where to write
     * @param moving whether a line may be written over, as on a terminal
     * @param nanoTime a clock for distances
     */
    public Terminal(PrintStream out, boolean moving, LongSupplier nanoTime) {
        this.out = out;
        this.moving = moving;
        this.nanoTime = nanoTime;
    }

    /** The process's own standard output. */
    public static Terminal standard() {
        // Depending on the release there is no console where nobody looks, or one that is no terminal.
        boolean someoneLooks =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Terminal(System.out, someoneLooks, System::nanoTime);
    }

    /** Writes a line. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Begins work of a known size. */
    public Progress begin(String task, long total) {
        return moving ? new Bar(task, total, out) : new Lines(task, total);
    }

    private static final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(String task, long total, PrintStream out) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .build();
        }

        @Override
        public void at(long done, String note) {
            bar.stepTo(done);
            bar.setExtraMessage(note);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private final class Lines implements Progress {
        private final String task;
        private final long total;
        private long last = nanoTime.getAsLong();

        Lines(String task, long total) {
            this.task = task;
            this.total = total;
        }

        @Override
        public void at(long done, String note) {
            long now = nanoTime.getAsLong();
            if (now - last >= NANOS_BETWEEN_LINES || done == total) {
                last = now;
                say(String.format(Locale.ROOT, "%s: %,d of %,d, %s", task, done, total, note));
            }
        }

        @Override
        public void close() {
            // Nothing moves.
        }
    }
}
