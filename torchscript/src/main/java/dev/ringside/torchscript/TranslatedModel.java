package dev.ringside.torchscript;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.torchscript.RawTensor;
import dev.ringside.contract.torchscript.SignatureDocument;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model that is given texts and gives texts: a DJL translator makes tensors of each row, and a text of what comes of it. */
final class TranslatedModel implements OpenModel {
    private final Model model;
    private final Translator<Input, Output> translator;
    private final String output;

    private TranslatedModel(Model model, Translator<Input, Output> translator, String output) {
        this.model = model;
        this.translator = translator;
        this.output = output;
    }

    /**
     * Makes its translator.
     *
     * @param model closed with what comes
     * @throws ModelRefused if there is no such translator, or it does not take these arguments
     */
    static TranslatedModel of(Model model, SignatureDocument signature) throws ModelRefused {
        String name = String.valueOf(signature.translator());
        try {
            return new TranslatedModel(
                    model,
                    translator(model, name, signature.arguments()),
                    signature.outputs().getFirst().name());
        } catch (ClassNotFoundException e) {
            throw new ModelRefused(
                    "translator: expected a class that is there, found none called " + name
                            + "; put its jar into the folder that ringside.torchscript.translators names",
                    e);
        } catch (InvocationTargetException e) {
            throw new ModelRefused("translator " + name + " cannot be made: " + NativeWords.of(e), e);
        } catch (ReflectiveOperationException | TranslateException | IOException | RuntimeException e) {
            throw new ModelRefused("translator " + name + " cannot be made: " + e, e);
        }
    }

    /** A factory, or a translator by its static {@code builder(Map)}, by a constructor with a map, or by one without anything. */
    private static Translator<Input, Output> translator(Model model, String name, Map<String, Object> arguments)
            throws ReflectiveOperationException, TranslateException, IOException, ModelRefused {
        Class<?> type = Class.forName(name, false, TranslatedModel.class.getClassLoader());
        if (TranslatorFactory.class.isAssignableFrom(type)) {
            var factory = (TranslatorFactory) type.getConstructor().newInstance();
            return factory.newInstance(Input.class, Output.class, model, arguments);
        }
        if (!Translator.class.isAssignableFrom(type)) {
            throw new ModelRefused("translator: expected a " + TranslatorFactory.class.getName() + " or a "
                    + Translator.class.getName() + "<Input, Output>, found " + name);
        }
        @SuppressWarnings("unchecked") // what else it may be shows in the model's first run
        var translator = (Translator<Input, Output>) made(type, arguments);
        return translator;
    }

    private static Object made(Class<?> type, Map<String, Object> arguments) throws ReflectiveOperationException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals("builder")
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == Map.class) {
                Object builder = method.invoke(null, arguments);
                return builder.getClass().getMethod("build").invoke(builder);
            }
        }
        try {
            return type.getConstructor(Map.class).newInstance(arguments);
        } catch (NoSuchMethodException e) {
            return type.getConstructor().newInstance();
        }
    }

    @Override
    public List<RawTensor> run(List<RawTensor> inputs) throws ModelRefused {
        RawTensor rows = inputs.getFirst();
        var asked = new ArrayList<Input>();
        for (String text : ((TensorData.Bytes) rows.tensor().data()).values()) {
            asked.add(input(text));
        }
        if (asked.isEmpty()) {
            return List.of(new RawTensor(output, rows.datatype(), rows.shape(), new byte[0]));
        }
        try (Predictor<Input, Output> predictor = model.newPredictor(translator)) {
            var answers = new ArrayList<String>(asked.size());
            for (Output answer : predictor.batchPredict(asked)) {
                if (answer.getCode() >= 300) {
                    throw new ModelRefused("the translator answers row " + answers.size() + " with status "
                            + answer.getCode() + ": " + answer.getMessage());
                }
                answers.add(new String(answer.getData().getAsBytes(), StandardCharsets.UTF_8));
            }
            byte[] values = BinaryData.write(new TensorData.Bytes(answers.toArray(String[]::new)));
            return List.of(new RawTensor(output, rows.datatype(), rows.shape(), values));
        } catch (TranslateException | RuntimeException e) {
            throw new ModelRefused(NativeWords.of(e), e);
        }
    }

    /** As DJL Serving gives a translator the body of a request. */
    private static Input input(String text) {
        var input = new Input();
        String start = text.stripLeading();
        boolean isJson = start.startsWith("{") || start.startsWith("[");
        input.addProperty("Content-Type", isJson ? "application/json" : "text/plain");
        input.add("data", text.getBytes(StandardCharsets.UTF_8));
        return input;
    }

    @Override
    public void close() {
        model.close();
    }
}
