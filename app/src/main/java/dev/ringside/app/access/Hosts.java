package dev.ringside.app.access;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which names this process may be asked, and by which web pages. A page from elsewhere that a user of this machine
 * has open can reach everything that listens on the loopback: its requests carry its origin, or, where it has its own name
 * point here, that name.
 */
public final class Hosts {
    private static final String ANY = "*";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Set<String> allowed;

    /** @param allowed names beside those of the loopback; {@code *} for any */
    public Hosts(List<String> allowed) {
        this.allowed =
                new HashSet<>(allowed.stream().map(name -> bare(name.strip())).toList());
    }

    /**
     * Why a request is refused; empty if it is not.
     *
     * @param host the name and, after a colon, the port that it is for; null if it does not say
     * @param local the address of this machine at which it came in
     * @param origin the header {@code Origin}; null if there is none
     */
    public Optional<String> complaint(@Nullable String host, @Nullable String local, @Nullable String origin) {
        String name = host == null ? null : bare(name(host));
        if (name != null && !isHere(name, local)) {
            return Optional.of("this is not '" + name
                    + "': ask for a name of this machine, or allow that one with ringside.http.allowed-hosts");
        }
        if (origin != null && !isOurs(origin, host)) {
            return Optional.of("a page of " + origin
                    + " may not ask this server; allow its host with ringside.http.allowed-hosts if it is yours");
        }
        return Optional.empty();
    }

    private boolean isHere(String name, @Nullable String local) {
        return isLoopback(name)
                || allowed.contains(ANY)
                || allowed.contains(name)
                || (local != null && name.equals(bare(local)));
    }

    private boolean isOurs(String origin, @Nullable String host) {
        URI page;
        try {
            page = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (page.getHost() == null || page.getScheme() == null || host == null) {
            return false;
        }
        String name = bare(page.getHost());
        if (allowed.contains(name)) {
            return true;
        }
        int usual = page.getScheme().equals("https") ? HTTPS : HTTP;
        boolean samePort = (page.getPort() < 0 ? usual : page.getPort()) == port(host, usual);
        String asked = bare(name(host));
        return samePort && (name.equals(asked) || (isLoopback(name) && isLoopback(asked)));
    }

    /** Whether a name is one of this machine for itself. */
    public static boolean isLoopback(String name) {
        String bare = bare(name);
        return bare.equals("localhost") || bare.equals("::1") || bare.matches("127(\\.\\d{1,3}){3}");
    }

    private static String name(String host) {
        int end = host.lastIndexOf(':');
        return end > host.lastIndexOf(']') ? host.substring(0, end) : host;
    }

    private static int port(String host, int usual) {
        int end = host.lastIndexOf(':');
        String port = end > host.lastIndexOf(']') ? host.substring(end + 1) : "";
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : usual;
    }

    /** Without brackets, a final dot and capitals. */
    private static String bare(String name) {
        String bare = name.toLowerCase(Locale.ROOT);
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
