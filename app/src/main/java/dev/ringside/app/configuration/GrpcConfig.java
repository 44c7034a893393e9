package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** The front of the Open Inference Protocol over gRPC. */
@ConfigMapping(prefix = "ringside.grpc")
public interface GrpcConfig {
    /** The port, which the command line sets; 0 for none. */
    OptionalInt port();
}
