package dev.ringside.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    private static final Path CONTRACT = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Pattern ROW = Pattern.compile("\\| `((?:GET|POST|PUT|DELETE) \\S+)` \\| ([a-z, ]+) \\|");

    private static SortedSet<String> documented() throws IOException {
        JsonNode contract = Json.readYaml(Files.readString(CONTRACT), JsonNode.class);
        var operations = new TreeSet<String>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(verb -> operations.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** A new operation is given a role here, in {@link Permissions} and in docs/operations.md. */
    @Test
    void everyDocumentedOperationHasItsRoles() throws IOException {
        var known = new TreeSet<>(Permissions.operations());
        known.removeIf(operation -> operation.startsWith("GET /q/"));
        assertEquals(String.join("\n", documented()), String.join("\n", known));
    }

    @Test
    void theDocumentationSaysWhoMayDoWhat() throws IOException {
        var page = new TreeMap<String, String>();
        Files.readString(PAGE)
                .lines()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .forEach(row -> page.put(row.group(1), row.group(2)));
        var table = new TreeMap<String, String>();
        for (String operation : documented()) {
            String[] parts = operation.split(" ", 2);
            var may = Permissions.of(parts[0], parts[1]);
            table.put(
                    operation,
                    may.isEmpty()
                            ? "anybody"
                            : may.stream().map(AccessRole::label).collect(Collectors.joining(", ")));
        }
        assertEquals(Json.pretty(table), Json.pretty(page));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/experiments/better, viewer experimenter operator",
        "HEAD, /api/experiments/better, viewer experimenter operator",
        "POST, /api/experiments/better/start, experimenter operator",
        "POST, /api/slots/eta/champion, operator",
        "POST, /v2/models/eta/infer, operator service",
        "POST, /v2/models/eta/versions/1/infer, operator service",
        "GET, /api/artefacts/abc, viewer experimenter operator service",
        "GET, /, viewer experimenter operator",
        "GET, /q/metrics, viewer experimenter operator",
        "GET, /something/new, viewer experimenter operator",
        "PATCH, /api/experiments/better, operator",
        "POST, /something/new, operator"
    })
    void whoMayDoWhat(String method, String path, String roles) {
        assertEquals(
                roles,
                Permissions.of(method, path).stream().map(AccessRole::label).collect(Collectors.joining(" ")));
        assertFalse(Permissions.isOpen(method, path));
    }

    @Test
    void probesNeedNoKeyAndAnOperatorMayDoEverything() {
        for (String path : new String[] {"/q/health", "/q/health/ready", "/v2/health/live", "/v2/health/ready"}) {
            assertTrue(Permissions.isOpen("GET", path), path);
        }
        assertFalse(Permissions.isOpen("POST", "/q/health"));
        Permissions.operations().forEach(operation -> {
            String[] parts = operation.split(" ", 2);
            assertTrue(
                    Permissions.isOpen(parts[0], parts[1])
                            || Permissions.of(parts[0], parts[1]).containsAll(EnumSet.of(AccessRole.OPERATOR)),
                    operation);
        });
    }
}
