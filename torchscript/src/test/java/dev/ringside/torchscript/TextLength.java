package dev.ringside.torchscript;

import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.Map;

/** A translator as users write them: what goes in is how long a text is. */
public final class TextLength implements NoBatchifyTranslator<Input, Output> {
    private final String unit;

    public TextLength(Map<String, ?> arguments) {
        unit = String.valueOf(arguments.get("unit"));
    }

    @Override
    public NDList processInput(TranslatorContext context, Input input) {
        String text = input.getData().getAsString();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text, found an empty one");
        }
        return new NDList(context.getNDManager().create(new float[] {text.length()}));
    }

    @Override
    public Output processOutput(TranslatorContext context, NDList list) {
        var output = new Output();
        output.add("{\"twice\":" + (int) list.singletonOrThrow().getFloat() + ",\"unit\":\"" + unit + "\"}");
        return output;
    }
}
