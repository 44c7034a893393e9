package dev.ringside.app.wiring;

import dev.ringside.app.configuration.InferenceConfig;
import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.configuration.RedisConfig;
import dev.ringside.app.configuration.RoleConfig;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.ModelRepository;
import dev.ringside.app.http.RemotePredictor;
import dev.ringside.app.http.RoutedModels;
import dev.ringside.app.http.RoutedRepository;
import dev.ringside.app.http.ServedModels;
import dev.ringside.app.http.ServedRepository;
import dev.ringside.app.http.ServiceKey;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.router.RouterConfig;
import dev.ringside.router.RouterRole;
import dev.ringside.router.exposure.Writer;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.repository.RepositoryConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** The router, and who answers the Open Inference Protocol: it, else the model server. */
@Singleton
final class RouterWiring {
    /** How long a stop waits for the router beyond the time that it may take to ship what is in its spool. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final RoleConfig roles;
    private final PlatformConfig platform;
    private final RepositoryConfig folder;
    private final Provider<Catalog> catalog;

    RouterWiring(RoleConfig roles, PlatformConfig platform, RepositoryConfig folder, Provider<Catalog> catalog) {
        this.roles = roles;
        this.folder = folder;
        this.platform = platform;
        this.catalog = catalog;
    }

    @Produces
    @Singleton
    RouterPart part(
            RouterConfig config,
            Surroundings around,
            @Patient TopicWriter writer,
            Backends backends,
            RedisBackend redis,
            Provider<InferenceFrontEnd> frontEnd)
            throws IOException {
        Identity identity = around.identity("router");
        var role = new RouterRole(
                around.folder("router"),
                config,
                new RouterRole.Surroundings(
                        new Writer(identity.id(), identity.boot()),
                        around.wall(),
                        around.stepped(),
                        around::nanoTime,
                        around::random),
                redis.stores(),
                backends.predictor(),
                (partition, key, value) -> writer.write(Topics.UNIT_EVENTS, partition, key, value));
        role.start();
        return new RouterPart(
                role, identity, backends, redis, frontEnd, config.drain().plus(LAST));
    }

    @Produces
    @Singleton
    RouterRole router(RouterPart part) {
        return part.role();
    }

    @Produces
    @Singleton
    RedisBackend redis(RedisConfig redis, Surroundings around) {
        return new RedisBackend(redis.url(), around::nanoTime);
    }

    @Produces
    @Singleton
    Backends backends(ServiceKey serviceKey, Tracing tracing) {
        if (roles.serving().enabled()) {
            Catalog local = catalog.get();
            return new Backends(
                    (slot, version, call) -> local.infer(slot, version, call.traced(tracing.call())),
                    (slot, version) -> isReady(local, slot, version),
                    () -> {});
        }
        var remote = new RemotePredictor(
                platform.servingUrl()
                        .orElseThrow(
                                () -> new IllegalStateException("this router has no models: say where they are served"
                                        + " with ringside.platform.serving-url=http://host:port, or start the role serving"
                                        + " on the same data folder first")),
                serviceKey,
                tracing);
        return new Backends(remote, remote, remote);
    }

    private static boolean isReady(Catalog catalog, String slot, String version) {
        try {
            return catalog.ready(slot, version);
        } catch (InferenceFailure e) {
            return false;
        }
    }

    @Produces
    @Singleton
    InferenceFrontEnd frontEnd(
            Provider<RouterRole> router,
            Provider<Backends> backends,
            Provider<FolderPart> models,
            InferenceConfig inference,
            Tracing tracing,
            Surroundings around) {
        if (folder.models().isPresent()) {
            return models.get().models();
        }
        return roles.router().enabled()
                ? new RoutedModels(router.get(), backends.get().readiness(), around::nanoTime)
                : new ServedModels(catalog.get(), inference.timeout(), tracing, around::nanoTime);
    }

    @Produces
    @Singleton
    ModelRepository repository(
            ServingConfig config,
            InferenceFrontEnd frontEnd,
            Provider<RouterRole> router,
            Provider<Backends> backends,
            Provider<FolderPart> models,
            Surroundings around) {
        if (folder.models().isPresent()) {
            return models.get().models();
        }
        return roles.serving().enabled()
                ? new ServedRepository(catalog.get(), ServingWiring.instances(config), around.wall())
                : new RoutedRepository(router.get(), frontEnd, backends.get().readiness());
    }
}
