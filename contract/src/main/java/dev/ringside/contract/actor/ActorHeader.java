package dev.ringside.contract.actor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.InvalidInput;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * The header that says who asks. A name in ASCII stands there as it is; any other as RFC 8187 (section 3.2) writes it,
 * such as {@code UTF-8''J%C3%BCrgen}, because HTTP clients disagree about what else a header may hold.
 */
public final class ActorHeader {
    /** Its name. */
    public static final String NAME = "X-Ringside-Actor";

    private static final String ENCODED = "UTF-8''";

    /** RFC 8187 has a place for a language between the quotes. */
    private static final String PROVEN = "UTF-8'x-proven'";

    private ActorHeader() {}

    /** A name as the header's value. */
    public static String encode(String actor) {
        if (actor.chars().allMatch(c -> c >= ' ' && c <= '~') && !isEncoded(actor) && !isProven(actor)) {
            return actor;
        }
        return ENCODED + percent(actor);
    }

    /**
     * A name that its owner has proven, as the entrance of a process hands it to the endpoints behind it; from outside
     * no such value is let in.
     */
    public static String proven(String actor) {
        return PROVEN + percent(actor);
    }

    /** Whether the name in the header's value was proven at the entrance of this process. */
    public static boolean isProven(String value) {
        return value.regionMatches(true, 0, PROVEN, 0, PROVEN.length());
    }

    /** The name that was proven at the entrance of this process; null for a header that is not there, or claims one. */
    public static @Nullable String provenName(@Nullable String value) {
        return value != null && isProven(value) ? decode(value) : null;
    }

    private static String percent(String actor) {
        return URLEncoder.encode(actor, UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    /**
     * The name in the header's value; bytes beyond ASCII, which reach us one a character, are UTF-8 too.
     *
     * @throws InvalidInput if it is not encoded so
     */
    public static String decode(String value) {
        try {
            // A plus sign stands for itself here.
            String encoded = isProven(value)
                    ? value.substring(PROVEN.length())
                    : isEncoded(value) ? value.substring(ENCODED.length()) : null;
            String bytes = encoded == null ? value : URLDecoder.decode(encoded.replace("+", "%2B"), ISO_8859_1);
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new InvalidInput(
                    NAME,
                    "expected a name in UTF-8, or encoded such as " + ENCODED + "J%C3%BCrgen (RFC 8187), found \""
                            + value + "\"");
        }
    }

    private static boolean isEncoded(String value) {
        return value.regionMatches(true, 0, ENCODED, 0, ENCODED.length());
    }
}
