package dev.ringside.training.validation;

import dev.ringside.contract.model.InputsManifest;
import java.nio.file.Path;

/**
 * What a platform was asked lately, for the training part to be held beside.
 *
 * @param file the requests, as Parquet, a row each
 * @param manifest which they are
 */
public record ServingLog(Path file, InputsManifest manifest) {}
