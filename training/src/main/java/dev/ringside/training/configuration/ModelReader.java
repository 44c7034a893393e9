package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.TransformerSettings;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.trees.TreeSettings;
import dev.ringside.training.trees.TreeSettings.Categories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads which kind of model is trained, and how. */
final class ModelReader {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final int BATCH = 512;
    private static final String SINGLE = "logistic, network or trees";
    private static final String FEED_FORWARD = "feed_forward";
    private static final String FT_TRANSFORMER = "ft_transformer";

    private ModelReader() {}

    /**
     * The choice, or null if it is of no known kind, which is then noted.
     *
     * @param transfer the version that it begins with, whose layers it has; null to begin anew
     */
    static @Nullable ModelChoice read(
            Section model, Label.Kind label, @Nullable Transfer transfer, List<String> problems) {
        if (transfer != null) {
            return transferred(model, label, transfer);
        }
        String kind = model.text("kind", "logistic, network, trees or ensemble").toLowerCase(Locale.ROOT);
        if (!kind.equals("ensemble")) {
            return single(model, label, kind, "logistic, network, trees or ensemble");
        }
        List<ModelChoice> members = new ArrayList<>();
        int i = 0;
        for (JsonNode element :
                model.list("members", "a list such as [{kind: trees}, {kind: network, hidden: [64]}]")) {
            var member = new Section(model.path("members") + "[" + i++ + "]", element, problems);
            ModelChoice choice =
                    single(member, label, member.text("kind", SINGLE).toLowerCase(Locale.ROOT), SINGLE);
            if (choice != null) {
                members.add(choice);
            }
        }
        if (i == 0 && model.has("members")) {
            model.problem("members", "expected at least one");
        }
        String combine = model.has("combine") ? model.text("combine", "average or stacked") : "average";
        if (!combine.equals("average") && !combine.equals("stacked")) {
            model.problem("combine", "expected average or stacked, found " + combine);
        }
        boolean stacked = combine.equals("stacked");
        if (stacked && label != Label.Kind.BINARY) {
            model.problem("combine", "stacked combines probabilities: expected average, as the label is no binary one");
        }
        int folds = stacked ? (int) model.whole("folds", 5, 2, 100) : 0;
        var ensemble = new ModelChoice.Ensemble(members, model.size("bags", 1), model.size("seeds", 1), folds);
        model.rejectOthers();
        return members.size() < i || i == 0 ? null : ensemble;
    }

    private static @Nullable ModelChoice transferred(Section model, Label.Kind label, Transfer transfer) {
        String kind = model.has("kind") ? model.text("kind", "network") : "network";
        if (!kind.equals("network")) {
            model.problem("kind", "expected network, as fine_tune begins with one, found " + kind);
            return null;
        }
        NetworkSettings parent = transfer.parent().checkpoint().model().settings();
        ModelChoice choice = switch (transfer) {
            case Transfer.Layers _ -> network(model, label, parent);
            case Transfer.Regions _ -> new ModelChoice.Network(parent, false);
        };
        model.rejectOthers();
        return choice;
    }

    private static @Nullable ModelChoice single(Section model, Label.Kind label, String kind, String kinds) {
        if (label == Label.Kind.CLASSES && (kind.equals("logistic") || kind.equals("trees"))) {
            model.problem("kind", "expected network, which alone predicts classes, found " + kind);
        }
        if (label == Label.Kind.NUMBER && kind.equals("logistic")) {
            model.problem(
                    "kind", "expected network or trees, as logistic regression predicts a yes or no, found logistic");
        }
        ModelChoice choice = switch (kind) {
            case "logistic" -> new ModelChoice.Logistic(model.number("weight_decay", 1e-6, 0, ANY));
            case "network" -> network(model, label, null);
            case "trees" -> trees(model, label);
            default -> null;
        };
        if (choice != null) {
            model.rejectOthers();
        } else if (!kind.isEmpty()) {
            model.problem("kind", "expected " + kinds + ", found " + kind);
        }
        return choice;
    }

    private static ModelChoice trees(Section model, Label.Kind label) {
        TreeSettings usual = TreeSettings.DEFAULT;
        var settings = new TreeSettings(
                model.size("rounds", usual.rounds()),
                model.number("learning_rate", usual.learningRate(), 1e-9, 1),
                (int) model.whole("max_depth", usual.maxDepth(), 1, 30),
                model.number("min_child_weight", usual.minChildWeight(), 0, ANY),
                model.number("subsample", usual.subsample(), 1e-9, 1),
                model.number("columns", usual.columns(), 1e-9, 1),
                model.number("lambda", usual.lambda(), 0, ANY),
                model.number("alpha", usual.alpha(), 0, ANY),
                model.number("gamma", usual.gamma(), 0, ANY),
                (int) model.whole("max_bins", usual.maxBins(), 2, 65_536),
                (int) model.whole("patience", usual.patience(), 0, Integer.MAX_VALUE),
                categories(model),
                huber(model, label));
        return new ModelChoice.Trees(settings, model.number("scale_pos_weight", 1, 1e-6, 1e6));
    }

    private static Categories categories(Section model) {
        String word = model.has("categories") ? model.text("categories", "one_hot or partition") : "partition";
        if (!word.equals("one_hot") && !word.equals("partition")) {
            model.problem("categories", "expected one_hot or partition, found " + word);
        }
        return word.equals("one_hot") ? Categories.ONE_HOT : Categories.PARTITION;
    }

    /** @param parent the network whose layers it has, which need not be said again; null where it is built anew */
    private static ModelChoice network(Section model, Label.Kind label, @Nullable NetworkSettings parent) {
        TransformerSettings older = parent == null ? null : parent.transformer();
        String usual = older == null ? FEED_FORWARD : FT_TRANSFORMER;
        String architecture = model.has("architecture")
                ? model.text("architecture", FEED_FORWARD + " or " + FT_TRANSFORMER)
                        .toLowerCase(Locale.ROOT)
                : usual;
        if (!architecture.equals(FEED_FORWARD) && !architecture.equals(FT_TRANSFORMER)) {
            model.problem(
                    "architecture", "expected " + FEED_FORWARD + " or " + FT_TRANSFORMER + ", found " + architecture);
        }
        if (parent != null) {
            same(model, "architecture", usual, architecture);
        }
        return architecture.equals(FT_TRANSFORMER)
                ? transformer(model, label, older)
                : feedForward(model, label, parent);
    }

    /** Sizes and rates are those that Gorishniy et al. (2021, supplement) take where nothing is searched. */
    private static ModelChoice transformer(Section model, Label.Kind label, @Nullable TransformerSettings parent) {
        int token = model.size("token", parent == null ? 192 : parent.token());
        int blocks = (int) model.whole("blocks", parent == null ? 3 : parent.blocks(), 1, 100);
        int heads = model.size("attention_heads", parent == null ? 8 : parent.heads());
        int feedForward = model.size(
                "feed_forward",
                parent == null ? Math.clamp(4L * token / 3, 1, Integer.MAX_VALUE) : parent.feedForward());
        double attentionDropout = model.number("attention_dropout", 0.2, 0, 0.95);
        if (parent != null) {
            same(model, "token", parent.token(), token);
            same(model, "blocks", parent.blocks(), blocks);
            same(model, "attention_heads", parent.heads(), heads);
            same(model, "feed_forward", parent.feedForward(), feedForward);
        }
        if (token % heads != 0) {
            model.problem("token", "expected a multiple of attention_heads, " + heads + ", found " + token);
            heads = 1;
        }
        int batch = model.size("batch", BATCH);
        return new ModelChoice.Network(new NetworkSettings(
                List.of(),
                Activation.Kind.RELU,
                false,
                false,
                model.number("dropout", 0.1, 0, 0.95),
                model.number("learning_rate", 0.0001, 1e-9, 10),
                model.number("weight_decay", 1e-5, 0, ANY),
                model.number("focal", 0, 0, 10),
                batch,
                model.size("epochs", 100),
                model.size("patience", 5),
                model.number("clip", 0, 0, ANY),
                0,
                accumulate(model, batch),
                1,
                new TransformerSettings(token, blocks, heads, feedForward, attentionDropout),
                huber(model, label)));
    }

    /** The error beyond which the loss of a number rises no longer by its square; null for squared errors. */
    private static @Nullable Double huber(Section model, Label.Kind label) {
        if (!model.has("huber")) {
            return null;
        }
        if (label != Label.Kind.NUMBER) {
            model.problem("huber", "is a loss of numbers: expected nothing, as the label is none");
        }
        return model.number("huber", 1, 1e-12, ANY);
    }

    private static ModelChoice feedForward(Section model, Label.Kind label, @Nullable NetworkSettings parent) {
        List<Integer> hidden = parent == null || model.has("hidden") ? hidden(model) : parent.hidden();
        Activation.Kind activation =
                parent == null || model.has("activation") ? activation(model) : parent.activation();
        boolean batchNorm = (parent == null || model.has("normalisation")) ? batchNorm(model) : parent.batchNorm();
        boolean residual = model.truth("residual", parent != null && parent.residual());
        if (parent != null) {
            same(model, "hidden", parent.hidden(), hidden);
            same(model, "activation", parent.activation().word(), activation.word());
            same(model, "normalisation", parent.batchNorm() ? "batch" : "none", batchNorm ? "batch" : "none");
            same(model, "residual", parent.residual(), residual);
        }
        int members = parent == null || model.has("batch_ensemble")
                ? (int) model.whole("batch_ensemble", 1, 1, 1_024)
                : parent.members();
        if (members > 1 && batchNorm) {
            model.problem("normalisation", "expected none, as batch_ensemble gives each member activations of its own");
        }
        if (parent != null) {
            same(model, "batch_ensemble", parent.members(), members);
        }
        int batch = model.size("batch", BATCH);
        return new ModelChoice.Network(new NetworkSettings(
                hidden,
                activation,
                batchNorm,
                residual,
                model.number("dropout", 0, 0, 0.95),
                model.number("learning_rate", 0.001, 1e-9, 10),
                model.number("weight_decay", 0, 0, ANY),
                model.number("focal", 0, 0, 10),
                batch,
                model.size("epochs", 100),
                model.size("patience", 5),
                model.number("clip", 0, 0, ANY),
                (int) model.whole("pretraining", 0, 0, 10_000),
                accumulate(model, batch),
                members,
                null,
                huber(model, label)));
    }

    private static int accumulate(Section model, int batch) {
        int microBatches = model.size("accumulate", 1);
        if (microBatches > batch) {
            model.problem(
                    "accumulate", "expected at most batch, " + batch + ", a row in each part, found " + microBatches);
            return 1;
        }
        return microBatches;
    }

    private static void same(Section model, String field, Object parent, Object own) {
        if (!own.equals(parent)) {
            model.problem(field, "expected " + parent + ", as the parent has, or nothing, found " + own);
        }
    }

    private static Activation.Kind activation(Section model) {
        String word = model.has("activation") ? model.text("activation", "relu") : "relu";
        for (Activation.Kind kind : Activation.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        model.problem(
                "activation",
                "expected "
                        + String.join(
                                ", ",
                                Arrays.stream(Activation.Kind.values())
                                        .map(Activation.Kind::word)
                                        .toList())
                        + ", found " + word);
        return Activation.Kind.RELU;
    }

    private static boolean batchNorm(Section model) {
        String word = model.has("normalisation") ? model.text("normalisation", "none or batch") : "none";
        if (!word.equals("none") && !word.equals("batch")) {
            model.problem("normalisation", "expected none or batch, found " + word);
        }
        return word.equals("batch");
    }

    private static List<Integer> hidden(Section model) {
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode size : model.list("hidden", "the sizes of the hidden layers, such as [64, 32]")) {
            if (size.isInt() && size.intValue() >= 1) {
                sizes.add(size.intValue());
            } else {
                model.problem("hidden", "expected whole numbers of 1 or more, found " + size);
            }
        }
        if (sizes.isEmpty() && model.has("hidden")) {
            model.problem("hidden", "expected at least one size; without hidden layers, take kind: logistic");
        }
        return sizes;
    }
}
