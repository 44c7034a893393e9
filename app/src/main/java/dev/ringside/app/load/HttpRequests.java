package dev.ringside.app.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests that were made once and are sent again and again, one after the other.
 *
 * @param server where
 * @param whole each with its head
 */
record HttpRequests(URI server, List<byte[]> whole) {
    /** @param headers by name and value */
    static HttpRequests post(URI server, String path, List<byte[]> bodies, String... headers) {
        var whole = new ArrayList<byte[]>(bodies.size());
        for (byte[] body : bodies) {
            var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(first, first.length + body.length);
            System.arraycopy(body, 0, all, first.length, body.length);
            whole.add(all);
        }
        return new HttpRequests(server, whole);
    }

    /** The one whose turn it is. */
    byte[] at(long turn) {
        return whole.get((int) (turn % whole.size()));
    }
}
