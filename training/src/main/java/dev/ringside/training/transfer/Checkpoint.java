package dev.ringside.training.transfer;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.EncoderText;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.Refitted;
import dev.ringside.training.network.NetworkModel;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.Weights;
import dev.ringside.training.network.WeightsFile;
import dev.ringside.training.sampling.Corrected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fitted network with its encoder, and perhaps how regions deviate from it, as the file from which another training can
 * go on: weights in the safetensors format, the rest as texts in its header. Equal networks give equal bytes.
 *
 * @param encoder from raw rows to encoded ones
 * @param model from encoded rows to scores
 * @param deviations of regions from the network; null where it has none
 */
public record Checkpoint(
        Encoder encoder, NetworkModel model, @Nullable Deviations deviations) {
    /** What the file is called beside the model. */
    public static final String FILE = "checkpoint.safetensors";

    private static final String FORMAT = "ringside network 1";

    /** What the names of regions' arrays begin with. */
    private static final String REGIONS = "regions/";

    /** A network that no region deviates from. */
    public Checkpoint(Encoder encoder, NetworkModel model) {
        this(encoder, model, null);
    }

    /** Leaves out what is for the training rows alone, and tasks beside the label. */
    public Checkpoint {
        encoder = encoder.forOtherRows();
        model = model.alone();
    }

    /** Of a predictor that is one network, or regions that deviate from one; of others there is none. */
    public static Optional<Checkpoint> of(Predictor predictor) {
        return switch (predictor) {
            case Fitted(Encoder encoder, NetworkModel model) -> Optional.of(new Checkpoint(encoder, model));
            case Corrected(Encoder encoder, NetworkModel model, double shift, Map<String, Double> _) ->
                Optional.of(new Checkpoint(encoder, model.shifted(shift)));
            case Regional(Checkpoint champion, Deviations deviations, Map<String, Double> _) ->
                Optional.of(new Checkpoint(champion.encoder(), champion.model(), deviations));
            case Refitted(Predictor model, Predictor _, Map<String, Double> _) -> of(model);
            case Refitted refitted -> of(refitted.model());
            default -> Optional.empty();
        };
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        Map<String, String> about = new TreeMap<>();
        about.put("format", FORMAT);
        about.put("encoder", EncoderText.write(encoder));
        about.put("network", Json.write(model.settings()));
        about.put("label", label(model.target()));
        about.put("body_sha256", bodyDigest());
        if (deviations == null) {
            return new WeightsFile(model.weights(), about).bytes();
        }
        about.put("regions", EncoderText.write(new Encoder(List.of(deviations.regions()))));
        var all = new Weights();
        model.weights()
                .all()
                .forEach((name, values) -> all.put(name, values.values(), values.trained(), values.shape()));
        int places = deviations.biases().length;
        all.put(REGIONS + "biases", deviations.biases(), true, places);
        all.put(REGIONS + "slopes", deviations.slopes(), true, places, deviations.slopes().length / places);
        return new WeightsFile(all, about).bytes();
    }

    /** Digest of all weights but the head's, which a frozen body keeps. */
    public String bodyDigest() {
        return Digests.sha256(new WeightsFile(model.body(), Map.of()).bytes());
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Checkpoint read(byte[] file) {
        WeightsFile read = WeightsFile.read(file);
        Map<String, String> about = new TreeMap<>(read.about());
        if (!FORMAT.equals(about.get("format"))) {
            throw new IllegalArgumentException("is of the format '" + about.get("format") + "', expected '" + FORMAT
                    + "': train the version again with this release");
        }
        Encoder encoder = EncoderText.read(about.getOrDefault("encoder", ""));
        NetworkSettings settings = Json.read(about.getOrDefault("network", ""), NetworkSettings.class);
        var network = new Weights();
        read.weights().all().forEach((name, values) -> {
            if (!name.startsWith(REGIONS)) {
                network.put(name, values.values(), values.trained(), values.shape());
            }
        });
        return new Checkpoint(
                encoder,
                new NetworkModel(settings, encoder.parts(), network, target(about.getOrDefault("label", "")), Map.of()),
                deviations(about.get("regions"), read.weights()));
    }

    private static @Nullable Deviations deviations(@Nullable String regions, Weights weights) {
        if (regions == null) {
            return null;
        }
        if (EncoderText.read(regions).encodings().getFirst() instanceof Embedding places) {
            return new Deviations(
                    places,
                    weights.get(REGIONS + "biases").values(),
                    weights.get(REGIONS + "slopes").values());
        }
        throw new IllegalArgumentException("has regions that are no places");
    }

    private static String label(Target target) {
        return switch (target) {
            case Target.Probability _ -> "binary";
            case Target.Amount _ -> "number";
            case Target.Classes(int width) -> "classes " + width;
        };
    }

    private static Target target(String label) {
        return switch (label) {
            case "binary" -> new Target.Probability();
            case "number" -> new Target.Amount();
            case String classes
            when classes.matches("classes [1-9]\\d{0,5}") ->
                new Target.Classes(Integer.parseInt(classes.substring("classes ".length())));
            default -> throw new IllegalArgumentException("predicts '" + label + "', which is nothing known here");
        };
    }

    /** The network, which no region deviates from. */
    public Fitted fitted() {
        return new Fitted(encoder, model);
    }

    /** The predictor that it was written of. */
    public Predictor predictor() {
        return deviations == null ? fitted() : new Regional(new Checkpoint(encoder, model), deviations, Map.of());
    }
}
