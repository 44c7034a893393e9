package dev.ringside.training.gate;

/** Something that is asked of a model before it may challenge. */
public sealed interface Gate
        permits AboveChance, AboveMean, ChampionGate, CalibrationLimit, EachSegment, ExportGate, OffPolicyGain {
    /** The gate's name in reports, such as {@code champion_auc}. */
    String name();

    /** What it says of a model. */
    Verdict judge(Evidence evidence);
}
