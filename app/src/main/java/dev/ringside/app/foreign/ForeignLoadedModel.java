package dev.ringside.app.foreign;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A model that other servers serve, with the connections to them. */
final class ForeignLoadedModel implements LoadedModel {
    private final ForeignModel model;
    private final Signature signature;
    private final Replicas servers;
    private final LongSupplier ticker;

    /** @param servers closed with this */
    ForeignLoadedModel(ForeignModel model, Signature signature, Replicas servers, LongSupplier ticker) {
        this.model = model;
        this.signature = signature;
        this.servers = servers;
        this.ticker = ticker;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws ModelFailure {
        return run(inputs, outputs, Deadline.in(model.timeout(), ticker));
    }

    /** No longer than its document allows, nor than anybody waits. */
    List<Tensor> run(List<Tensor> inputs, List<String> outputs, Deadline latest) throws ModelFailure {
        Duration left = Duration.ofNanos(latest.nanosLeft());
        return servers.ask(
                left.compareTo(model.timeout()) < 0 ? left : model.timeout(),
                (server, patience) -> wanted(server.infer(model, inputs, outputs, patience), outputs, server));
    }

    /** The outputs that were asked for, in that order, each as its server said that it would be. */
    private List<Tensor> wanted(List<Tensor> answered, List<String> outputs, ForeignServer server) throws ModelFailure {
        var wanted = new ArrayList<Tensor>(outputs.size());
        for (String name : outputs) {
            Tensor found = answered.stream()
                    .filter(output -> output.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ModelFailure(server.name() + " answers " + model.words()
                            + " without output '" + name + "', with "
                            + answered.stream().map(Tensor::name).toList()));
            TensorSpec said = signature.outputs().stream()
                    .filter(output -> output.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no output '" + name + "'"));
            if (found.datatype() != said.datatype()) {
                throw new ModelFailure(server.name() + " answers " + model.words() + " with output '" + name + "' as "
                        + found.datatype() + ", its metadata says " + said.datatype());
            }
            wanted.add(found);
        }
        return wanted;
    }

    @Override
    public ModelInstance instance(boolean byRow) {
        return new ForeignInstance(this);
    }

    @Override
    public void close() {
        servers.close();
    }
}
