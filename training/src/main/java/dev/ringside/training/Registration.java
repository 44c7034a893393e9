package dev.ringside.training;

import dev.ringside.contract.InvalidInput;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.export.ModelFolder;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.registration.ModelRegistry;
import dev.ringside.training.registration.RegistrationFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The last step of a training: the version is registered where that is wanted, and written. */
final class Registration {
    private final TrainingConfiguration configuration;
    private final Path models;
    private final String actor;
    private final Progress progress;
    private @Nullable URI registeredAt;

    /**
     * @param models the folder for models
     * @param actor who registers, for the audit
     */
    Registration(TrainingConfiguration configuration, Path models, String actor, Progress progress) {
        this.configuration = configuration;
        this.models = models;
        this.actor = actor;
        this.progress = progress;
    }

    private ModelRegistry registry(URI address) {
        return new ModelRegistry(address, actor, Thread::sleep, System.getenv("RINGSIDE_API_KEY"));
    }

    /**
     * Finds out before fitting whether the version can be registered.
     *
     * @param ifReachable whether it is only written where nobody answers
     * @return whether it will be registered, or else is only written
     */
    boolean check(URI address, boolean ifReachable, PrintWriter words) throws InterruptedException {
        try (ModelRegistry registry = registry(address)) {
            registry.requireFree(
                    configuration.slot(),
                    configuration.version(),
                    OnnxExporter.signature(
                            configuration.inputs(),
                            configuration.roles().label().scores(),
                            configuration.roles().others()),
                    configuration.text());
            return true;
        } catch (InvalidInput e) {
            throw new RegistrationFailure("the version does not fit slot '" + configuration.slot() + "' at " + address
                    + ": " + e.getMessage());
        } catch (RegistrationFailure e) {
            if (!e.unreachable() || !ifReachable) {
                throw e;
            }
            words.println("nobody answers at " + address + ", where a platform is looked for if no --url is given:"
                    + " the version will be written below "
                    + models.toAbsolutePath().normalize() + " and not registered");
            words.flush();
            return false;
        }
    }

    /**
     * Registers the version, then writes it: what the control plane does not take leaves no file, what nobody answered is
     * not lost. A version that a gate refused is written first, as its card says why, and registered as refused, so that
     * everybody sees that it was tried.
     *
     * @param address where it is registered; null for nowhere
     */
    ModelFolder keep(TrainingRun.Trained trained, @Nullable URI address) throws IOException, InterruptedException {
        if (address == null) {
            return trained.write(models);
        }
        if (!trained.acceptance().judgement().accepted()) {
            ModelFolder written = trained.write(models);
            try {
                register(trained, address);
            } catch (RegistrationFailure e) {
                progress.stage("not registered as refused: " + e.getMessage());
            }
            return written;
        }
        try {
            register(trained, address);
        } catch (RegistrationFailure e) {
            if (e.unreachable()) {
                throw new RegistrationFailure(e.getMessage() + " The version was trained and is at "
                        + trained.write(models).model().toAbsolutePath().normalize());
            }
            throw e;
        }
        return trained.write(models);
    }

    private void register(TrainingRun.Trained trained, URI address) throws InterruptedException {
        progress.stage("registering at " + address);
        try (ModelRegistry registry = registry(address)) {
            registry.register(trained.exported().onnx(), trained.exported().checkpoint(), trained.manifest());
        }
        registeredAt = address;
    }

    /** The control plane that took it; null if none did. */
    @Nullable
    URI registeredAt() {
        return registeredAt;
    }
}
