package dev.ringside.training.gate;

import java.util.List;

/** The gates of a training, all of which are asked of every model. */
public record Gates(List<Gate> gates) {
    public Gates {
        gates = List.copyOf(gates);
    }

    /** Every gate's verdict: a refusal stops no other gate, so that a report names all that is wrong. */
    public Judgement judge(Evidence evidence) {
        return new Judgement(gates.stream().map(gate -> gate.judge(evidence)).toList());
    }
}
