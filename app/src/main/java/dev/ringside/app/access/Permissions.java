package dev.ringside.app.access;

import static dev.ringside.app.access.AccessRole.EXPERIMENTER;
import static dev.ringside.app.access.AccessRole.OPERATOR;
import static dev.ringside.app.access.AccessRole.SERVICE;
import static dev.ringside.app.access.AccessRole.VIEWER;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which role may do what: by the operations of {@code /q/openapi}, each of which stands here. What does not is read by
 * those who may read, and done by operators.
 */
final class Permissions {
    /** No role is needed, not even a key: what probes ask. */
    private static final Set<AccessRole> ANYBODY = EnumSet.noneOf(AccessRole.class);

    private static final Set<AccessRole> EVERY_KEY = EnumSet.allOf(AccessRole.class);
    private static final Set<AccessRole> READ = EnumSet.of(VIEWER, EXPERIMENTER, OPERATOR);
    private static final Set<AccessRole> EXPERIMENT = EnumSet.of(EXPERIMENTER, OPERATOR);
    private static final Set<AccessRole> OPERATE = EnumSet.of(OPERATOR);
    private static final Set<AccessRole> SERVE = EnumSet.of(SERVICE, OPERATOR);

    private static final Map<String, Set<AccessRole>> BY_OPERATION = table();

    private Permissions() {}

    private static Map<String, Set<AccessRole>> table() {
        var table = new HashMap<String, Set<AccessRole>>();
        put(
                table,
                EVERY_KEY,
                "GET /v2",
                "GET /v2/models/{model}",
                "GET /v2/models/{model}/ready",
                "GET /v2/models/{model}/versions/{version}",
                "GET /v2/models/{model}/versions/{version}/ready",
                "GET /v2/models/{model}/config",
                "GET /v2/models/{model}/versions/{version}/config",
                "GET /v2/models/stats",
                "GET /v2/models/{model}/stats",
                "GET /v2/models/{model}/versions/{version}/stats",
                "POST /v2/repository/index",
                "GET /api/artefacts/{sha256}");
        put(table, EnumSet.of(EXPERIMENTER, OPERATOR, SERVICE), "POST /api/models/inspect");
        put(
                table,
                SERVE,
                "POST /v2/models/{model}/infer",
                "POST /v2/models/{model}/versions/{version}/infer",
                "POST /api/outcomes",
                "POST /api/clock");
        put(
                table,
                READ,
                "GET /api/artefacts/{sha256}/model",
                "GET /api/books",
                "GET /api/archive",
                "GET /api/policy",
                "GET /api/standstills",
                "GET /api/slots",
                "GET /api/slots/{name}",
                "GET /api/slots/{slot}/champion",
                "GET /api/slots/{slot}/versions",
                "GET /api/slots/{slot}/versions/{version}/lineage",
                "GET /api/experiments",
                "GET /api/experiments/{name}",
                "GET /api/experiments/{name}/regions/{segment}/series",
                "GET /api/experiments/{name}/regions/{segment}/cohorts",
                "GET /api/experiments/{name}/regions/{segment}/looks",
                "GET /api/looks/{id}",
                "GET /api/clock",
                "GET /api/audit",
                "GET /api/stream",
                "GET /api/fleet",
                "GET /api/servers",
                "GET /api/router",
                "GET /api/router/break-glass");
        put(
                table,
                EXPERIMENT,
                "POST /api/artefacts",
                "POST /api/slots/{slot}/versions",
                "PUT /api/experiments/{name}",
                "POST /api/experiments/{name}/start",
                "POST /api/experiments/{name}/pause",
                "POST /api/experiments/{name}/resume",
                "DELETE /api/experiments/{name}",
                "POST /api/slots/{slot}/versions/{version}/retire",
                "POST /api/slots/{slot}/versions/{version}/restore",
                "DELETE /api/slots/{slot}/versions/{version}",
                "POST /api/experiments/{name}/stop",
                "POST /api/experiments/{name}/roll-back");
        put(
                table,
                OPERATE,
                "PUT /api/slots/{name}",
                "PUT /api/slots/{name}/overrides/{unit}",
                "DELETE /api/slots/{name}/overrides/{unit}",
                "POST /api/slots/{slot}/champion",
                "POST /api/slots/{slot}/roll-back",
                "POST /api/experiments/{name}/end-holdback",
                "POST /api/experiments/{name}/promote",
                "POST /v2/repository/models/{model}/load",
                "POST /v2/repository/models/{model}/unload",
                "POST /v2/repository/models/{model}/versions/{version}/load",
                "POST /v2/repository/models/{model}/versions/{version}/unload",
                "POST /api/fleet/{id}/retire",
                "POST /api/router/break-glass");
        put(
                table,
                ANYBODY,
                "GET /v2/health/live",
                "GET /v2/health/ready",
                "GET /q/health",
                "GET /q/health/live",
                "GET /q/health/ready",
                "GET /q/health/started",
                "GET /q/health/well");
        return Map.copyOf(table);
    }

    private static void put(Map<String, Set<AccessRole>> table, Set<AccessRole> who, String... operations) {
        for (String operation : operations) {
            table.put(operation, who);
        }
    }

    /** The operations that stand here. */
    static Set<String> operations() {
        return BY_OPERATION.keySet();
    }

    /** Whether nobody has to prove who they are for it. */
    static boolean isOpen(String method, String path) {
        return of(method, path).isEmpty();
    }

    /** Who may; nobody in particular where it is open. */
    static Set<AccessRole> of(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        String operation = (reads ? "GET" : method) + " " + path;
        Set<AccessRole> exact = BY_OPERATION.get(operation);
        if (exact != null) {
            return exact;
        }
        List<String> parts = List.of(operation.split("/", -1));
        return BY_OPERATION.entrySet().stream()
                .filter(known -> matches(List.of(known.getKey().split("/", -1)), parts))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(reads ? READ : OPERATE);
    }

    private static boolean matches(List<String> template, List<String> parts) {
        if (template.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!template.get(i).startsWith("{") && !template.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }
}
