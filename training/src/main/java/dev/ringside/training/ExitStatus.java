package dev.ringside.training;

import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.distributed.Launcher;
import dev.ringside.training.distributed.LostRank;
import dev.ringside.training.export.ParityFailure;
import dev.ringside.training.registration.RegistrationFailure;
import dev.ringside.training.run.RunFailure;
import dev.ringside.training.search.SearchFailure;

/** What is said of a failure, and the status with which the command ends. */
final class ExitStatus {
    private ExitStatus() {}

    static int of(Exception failure) {
        return switch (failure) {
            case InvalidConfiguration _, InvalidData _ -> 2;
            case RegistrationFailure registration when registration.unreachable() -> 3;
            case LostRank _ -> Launcher.LOST;
            default -> 1;
        };
    }

    /** A failure that we foresee says all in its message. */
    static String words(Exception failure) {
        String message = failure.getMessage();
        boolean ours = failure instanceof InvalidConfiguration
                || failure instanceof InvalidData
                || failure instanceof ParityFailure
                || failure instanceof RegistrationFailure
                || failure instanceof SearchFailure
                || failure instanceof RunFailure
                || failure instanceof LostRank
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException;
        return ours && message != null ? message : failure.toString();
    }
}
