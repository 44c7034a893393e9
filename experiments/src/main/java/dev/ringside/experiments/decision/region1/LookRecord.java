package dev.ringside.experiments.decision.region1;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A look as it is kept for ever: what was known, by which rules, what was decided, and where it came from. From it alone
 * the decision can be made again.
 *
 * @param version of this record's shape
 * @param design the rules, frozen at the experiment's start
 * @param evidence what was known
 * @param decision what was decided
 * @param offsets by partition of {@code unit-events}, the offset of the mark behind the first snapshot that covers the
 *     closing: everything that the evidence counts stands before it
 * @param policyVersion which policy decided
 * @param modelDigests SHA-256 of the model files, by version
 * @param softwareVersion what ran it
 * @param evidenceDigest SHA-256 of the canonical JSON of {@code {decision, design, evidence}}: equal wherever the same
 *     events led to the same decision
 * @param recordDigest SHA-256 of the canonical JSON of this record with an empty {@code record_digest}
 */
public record LookRecord(
        int version,
        Design design,
        Evidence evidence,
        Decision decision,
        Map<Integer, Long> offsets,
        String policyVersion,
        Map<String, String> modelDigests,
        String softwareVersion,
        String evidenceDigest,
        String recordDigest) {
    /** The shape that is written. */
    public static final int VERSION = 1;

    /** Copies the maps. */
    public LookRecord {
        require(version == VERSION, "version", "expected " + VERSION + ", found " + version);
        offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        modelDigests = Collections.unmodifiableMap(new TreeMap<>(modelDigests));
    }

    /** Decides and seals a look. */
    public static LookRecord of(
            Design design,
            Evidence evidence,
            Map<Integer, Long> offsets,
            Map<String, String> modelDigests,
            String softwareVersion) {
        Decision decision = Policy.decide(design, evidence);
        var open = new LookRecord(
                VERSION,
                design,
                evidence,
                decision,
                offsets,
                Policy.VERSION,
                modelDigests,
                softwareVersion,
                digest(design, evidence, decision),
                "");
        return open.sealed(open.digest());
    }

    /** The promotion looks up to and with this one, by KPI: the next evidence's history. */
    public List<KpiHistory> history() {
        return decision.historyAfter(evidence);
    }

    /**
     * Makes both digests and the decision again.
     *
     * @return what differs, in sentences; empty if the record holds
     */
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

    private LookRecord sealed(String digest) {
        return new LookRecord(
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
