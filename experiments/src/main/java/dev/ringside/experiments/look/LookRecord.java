package dev.ringside.experiments.look;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.decision.Decision;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.Policy;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A look as it is kept for ever: what was known, by which rules, what was decided, and where it came from. From it alone
 * the decision can be made again. Every version that was ever written is read, and made again with the rules of its day.
 */
@JsonDeserialize
public sealed interface LookRecord {
    /** Of this record's shape. */
    int version();

    /** What was known; of an older version as far as it is told there. */
    Evidence evidence();

    /** What was decided; of an older version as it would be told today. */
    Decision decision();

    /**
     * By partition of {@code unit-events}, the offset of the mark behind the first snapshot that covers the look's time:
     * everything that the evidence counts stands before it.
     */
    Map<Integer, Long> offsets();

    /** Which policy decided. */
    String policyVersion();

    /** SHA-256 of the model files, by version. */
    Map<String, String> modelDigests();

    /** What ran it. */
    String softwareVersion();

    /**
     * SHA-256 of the canonical JSON of {@code {decision, design, evidence}}: equal wherever the same events led to the same
     * decision.
     */
    String evidenceDigest();

    /** SHA-256 of the canonical JSON of this record with an empty {@code record_digest}. */
    String recordDigest();

    /**
     * Makes both digests and the decision again.
     *
     * @return what differs, in sentences; empty if the record holds
     */
    List<String> problems();

    /** The promotion looks up to and with this one, by KPI: the next evidence's history. */
    default List<KpiHistory> history() {
        return decision().historyAfter(evidence());
    }

    /** Decides and seals a look. */
    static LookRecord of(
            Design design,
            Evidence evidence,
            Map<Integer, Long> offsets,
            Map<String, String> modelDigests,
            String softwareVersion) {
        Decision decision = Policy.decide(design, evidence);
        var open = new Version2(
                Version2.VERSION,
                design,
                evidence,
                decision,
                offsets,
                Policy.VERSION,
                modelDigests,
                softwareVersion,
                Version2.digest(design, evidence, decision),
                "");
        return open.sealed(open.digest());
    }

    /** Reads a record of any version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LookRecord read(JsonNode record) {
        int version = record.path("version").asInt();
        try {
            return switch (version) {
                case 1 ->
                    new Version1(Json.mapper()
                            .treeToValue(record, dev.ringside.experiments.decision.region1.LookRecord.class));
                case Version2.VERSION -> Json.mapper().treeToValue(record, Version2.class);
                default ->
                    throw new IllegalArgumentException("a look's record has version " + version
                            + ", this software reads 1 to " + Version2.VERSION);
            };
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A look of policy region/1.
     *
     * @param kept as it was written
     */
    record Version1(@JsonValue dev.ringside.experiments.decision.region1.LookRecord kept) implements LookRecord {
        @Override
        public int version() {
            return kept.version();
        }

        @Override
        public Evidence evidence() {
            return Region1Told.evidence(kept.evidence());
        }

        @Override
        public Decision decision() {
            return Region1Told.decision(kept.design(), kept.decision());
        }

        @Override
        public Map<Integer, Long> offsets() {
            return kept.offsets();
        }

        @Override
        public String policyVersion() {
            return kept.policyVersion();
        }

        @Override
        public Map<String, String> modelDigests() {
            return kept.modelDigests();
        }

        @Override
        public String softwareVersion() {
            return kept.softwareVersion();
        }

        @Override
        public String evidenceDigest() {
            return kept.evidenceDigest();
        }

        @Override
        public String recordDigest() {
            return kept.recordDigest();
        }

        @Override
        public List<String> problems() {
            return kept.problems();
        }
    }

    /**
     * A look as it is written now.
     *
     * @param design the rules, frozen at the experiment's start
     */
    @JsonDeserialize(using = com.fasterxml.jackson.databind.JsonDeserializer.None.class)
    record Version2(
            int version,
            Design design,
            Evidence evidence,
            Decision decision,
            Map<Integer, Long> offsets,
            String policyVersion,
            Map<String, String> modelDigests,
            String softwareVersion,
            String evidenceDigest,
            String recordDigest)
            implements LookRecord {
        /** The shape that is written. */
        public static final int VERSION = 2;

        /** Copies the maps. */
        public Version2 {
            require(version == VERSION, "version", "expected " + VERSION + ", found " + version);
            offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
            modelDigests = Collections.unmodifiableMap(new TreeMap<>(modelDigests));
        }

        @Override
        public List<String> problems() {
            var problems = new ArrayList<String>();
            String own = digest(design, evidence, decision);
            if (!own.equals(evidenceDigest)) {
                problems.add("evidence_digest is " + evidenceDigest + ", its contents give " + own);
            }
            String whole = sealed("").digest();
            if (!whole.equals(recordDigest)) {
                problems.add("record_digest is " + recordDigest + ", its contents give " + whole);
            }
            if (!policyVersion.equals(Policy.VERSION)) {
                problems.add("decided by policy " + policyVersion + ", this software has " + Policy.VERSION
                        + " and cannot decide it again");
            } else {
                Decision again = Policy.decide(design, evidence);
                if (!again.equals(decision)) {
                    problems.add("the record says " + decision.verdict().name() + ", deciding again gives "
                            + again.verdict().name() + ": " + Json.write(again));
                }
            }
            return problems;
        }

        private Version2 sealed(String digest) {
            return new Version2(
                    version,
                    design,
                    evidence,
                    decision,
                    offsets,
                    policyVersion,
                    modelDigests,
                    softwareVersion,
                    evidenceDigest,
                    digest);
        }

        private String digest() {
            return Digests.sha256(Json.bytes(this));
        }

        private static String digest(Design design, Evidence evidence, Decision decision) {
            return Digests.sha256(Json.bytes(new Evident(decision, design, evidence)));
        }

        private record Evident(Decision decision, Design design, Evidence evidence) {}
    }
}
