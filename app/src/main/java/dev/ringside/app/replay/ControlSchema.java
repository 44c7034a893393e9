package dev.ringside.app.replay;

import dev.ringside.app.embedded.Database;
import java.util.Arrays;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/**
 * Which release a control plane's database is of, by the Flyway steps that ran on it. What reads it without starting the
 * platform asks here first: an older release's has not all columns, a newer one's may say what this release ignores.
 */
public final class ControlSchema {
    private final Database database;
    private final Flyway flyway;

    /** A database that this release does not read as it is; the message says what to do. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        private Unfit(String message) {
            super(message);
        }
    }

    /** @param database of a control plane; nothing is asked yet */
    public ControlSchema(Database database) {
        this.database = database;
        this.flyway = Flyway.configure(ControlSchema.class.getClassLoader())
                .dataSource(database.url(), database.user(), database.password())
                .load();
    }

    /**
     * Checks that this release reads it as it is.
     *
     * @throws Unfit if it is of another release, or of none
     */
    public void require() throws Unfit {
        check(steps());
    }

    /**
     * Brings a database of an older release to this one, as a start of the platform does: for one that nothing else uses.
     *
     * @param say takes a line if there is something to do
     * @throws Unfit if it is a newer release's, or none's, or cannot be brought there
     */
    public void bringUpToDate(Consumer<String> say) throws Unfit {
        MigrationInfoService steps = steps();
        if (steps.pending().length > 0 && steps.current() != null) {
            requireNoFuture(steps);
            say.accept("bringing the database of an older release from step " + version(steps.current()) + " to "
                    + latest(steps));
            try {
                flyway.migrate();
            } catch (FlywayException e) {
                throw new Unfit(database + " is an older release's and cannot be brought to step " + latest(steps)
                        + ": " + firstLine(e));
            }
        }
        check(steps());
    }

    private MigrationInfoService steps() throws Unfit {
        try {
            return flyway.info();
        } catch (FlywayException e) {
            throw new Unfit("the control plane's database at " + database + " cannot be used: " + firstLine(e));
        }
    }

    private void check(MigrationInfoService steps) throws Unfit {
        if (steps.current() == null) {
            throw new Unfit(database + " has no control plane's tables: nothing ever ran on it; name the folder of an"
                    + " installation with --data-dir, or its database with quarkus.datasource.jdbc.url");
        }
        requireNoFuture(steps);
        if (steps.pending().length > 0) {
            throw new Unfit(database + " is an older release's: it is at step " + version(steps.current())
                    + ", this release reads step " + latest(steps)
                    + "; start this release on it once (ringside up), or replay with the release that runs on it");
        }
    }

    private void requireNoFuture(MigrationInfoService steps) throws Unfit {
        boolean newer = Arrays.stream(steps.applied())
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
        if (newer) {
            throw new Unfit(database + " is a newer release's: it is at step " + version(steps.current())
                    + ", this release reads step " + latest(steps) + "; replay with the release that runs on it");
        }
    }

    private static String version(@Nullable MigrationInfo step) {
        return step == null ? "none" : String.valueOf(step.getVersion());
    }

    /** The last step that this release has. */
    private static String latest(MigrationInfoService steps) {
        return Arrays.stream(steps.all())
                .filter(step -> step.getState() != MigrationState.FUTURE_SUCCESS
                        && step.getState() != MigrationState.FUTURE_FAILED)
                .reduce((_, last) -> last)
                .map(ControlSchema::version)
                .orElse("none");
    }

    private static String firstLine(FlywayException failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("no reason");
    }
}
