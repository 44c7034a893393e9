package dev.ringside.app.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The process that runs TorchScript files; it is started with the first of them. */
@ConfigMapping(prefix = "ringside.torchscript")
public interface TorchScriptConfig {
    /** Where libtorch is unpacked, once, 432 MB; several processes may share it. */
    @WithDefault("${user.home}/.cache/ringside/djl")
    Path cache();

    /** A folder with jars of DJL translators that files may name; none if absent. */
    Optional<Path> translators();

    /** The memory of its Java heap, through which tensors pass; models lie outside of it. */
    @WithDefault("512")
    int heapMegabytes();
}
