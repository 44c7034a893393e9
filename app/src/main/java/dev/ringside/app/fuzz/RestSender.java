package dev.ringside.app.fuzz;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Requests in JSON, and in JSON with tensors behind it. */
final class RestSender implements Sender {
    private static final String INFER = "/v2/models/" + RightRequests.MODEL + "/infer";

    private static final List<String> PATHS = List.of(
            INFER,
            "/v2/models/" + RightRequests.MODEL + "/versions/1/infer",
            "/v2/models/" + RightRequests.MODEL + "/versions/2/infer",
            "/v2/models/nosuch/infer");

    private static final List<String> LENGTHS =
            List.of("0", "-1", "1", "99999999999", "999999999999999999999", "1e3", "x", "2147483648");

    private final Http http;

    RestSender(Http http) {
        this.http = http;
    }

    @Override
    public Answered send(SplittableRandom random) throws InterruptedException {
        String path = random.nextInt(20) == 0 ? PATHS.get(random.nextInt(PATHS.size())) : INFER;
        if (random.nextBoolean()) {
            byte[] body = random.nextInt(4) == 0
                    ? new Bytes(random).changed(utf8(RightRequests.json()))
                    : utf8(new Text(random).changed(RightRequests.json()));
            return http.post(path, body);
        }
        byte[] json = random.nextInt(3) == 0
                ? utf8(RightRequests.binaryJson())
                : utf8(new Text(random).changed(RightRequests.binaryJson()));
        byte[] tensors =
                random.nextInt(3) == 0 ? RightRequests.tensors() : new Bytes(random).changed(RightRequests.tensors());
        String length = random.nextInt(4) == 0
                ? LENGTHS.get(random.nextInt(LENGTHS.size()))
                : Integer.toString(json.length + (random.nextInt(4) == 0 ? random.nextInt(-2, 3) : 0));
        return http.post(path, joined(json, tensors), Http.JSON_LENGTH, length);
    }

    @Override
    public Answered sendRight() throws IOException, InterruptedException {
        HttpResponse<byte[]> json = http.exchange(INFER, utf8(RightRequests.json()));
        String echo = json.headers()
                .firstValue(Http.JSON_LENGTH)
                .map(length -> HexFormat.of().formatHex(json.body(), Integer.parseInt(length), json.body().length))
                .orElse("");
        return new Answered(
                "REST " + json.statusCode(),
                echo.equals(RightRequests.ECHO)
                        ? null
                        : "a right request was answered " + json.statusCode() + ": " + Http.shown(json.body()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
