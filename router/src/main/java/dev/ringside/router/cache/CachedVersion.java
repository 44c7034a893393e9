package dev.ringside.router.cache;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.digest.RequestDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A version whose answers are kept, by what it is and not by how it is called. Immutable. */
public final class CachedVersion {
    private static final String PREFIX = "ringside:answer:";

    /** What does not change an answer: how long the caller waits, and who goes first. */
    private static final Set<String> OF_NO_MATTER = Set.of(Call.TIMEOUT, Call.PRIORITY);

    private final String slot;
    private final AnswerReuse reuse;
    private final SlotRoutes.VersionRoute file;

    private CachedVersion(String slot, AnswerReuse reuse, SlotRoutes.VersionRoute file) {
        this.slot = slot;
        this.reuse = reuse;
        this.file = file;
    }

    /** A version of a slot; null if the slot keeps no answers. */
    public static @Nullable CachedVersion of(SlotRoutes slot, SlotRoutes.VersionRoute version) {
        AnswerReuse reuse = slot.cache();
        return reuse == null ? null : new CachedVersion(slot.name(), reuse, version);
    }

    /** The slot's name. */
    String slot() {
        return slot;
    }

    /** How long an answer is kept. */
    Duration ttl() {
        return reuse.ttl();
    }

    /** How long a request waits for one that is kept. */
    Duration budget() {
        return reuse.budget();
    }

    /**
     * The key of a request's answer: a digest of the model file, its manifest, and what is asked, whatever the order of the
     * inputs.
     *
     * @param request as the version gets it
     */
    String key(InferenceRequest request) {
        var digest = new RequestDigest()
                .text(file.modelSha256())
                .text(file.manifestSha256())
                .parameters(request.parameters(), OF_NO_MATTER)
                .texts(request.outputs());
        request.inputs().stream().sorted(Comparator.comparing(Tensor::name)).forEach(digest::tensor);
        return PREFIX + digest.hex();
    }
}
