package dev.ringside.app.foreign;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.util.List;

/** One request under way to another server. Several are not run together here: their server does that. */
final class ForeignInstance implements ModelInstance {
    private final ForeignLoadedModel model;
    private List<List<Tensor>> fed = List.of();
    private List<Tensor> found = List.of();

    ForeignInstance(ForeignLoadedModel model) {
        this.model = model;
    }

    @Override
    public void feed(List<List<Tensor>> requests) throws ModelFailure {
        if (requests.size() > 1) {
            throw new ModelFailure("requests for a model elsewhere are not run together here: its server does that");
        }
        fed = requests;
    }

    @Override
    public void run(List<String> outputs, Deadline latest) throws ModelFailure {
        found = model.run(fed.getFirst(), outputs, latest);
    }

    @Override
    public List<List<Tensor>> take() {
        return List.of(found);
    }

    @Override
    public void close() {
        fed = List.of();
        found = List.of();
    }
}
