package dev.ringside.app.http;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The endpoints that the resource classes of all modules have. */
final class Endpoints {
    /**
     * What a request to an endpoint may carry.
     *
     * @param parameters such as {@code path name}
     * @param body whether it reads a body
     */
    record Takes(SortedSet<String> parameters, boolean body) {}

    private Endpoints() {}

    /** Each endpoint, such as {@code GET /api/slots}, with what it takes. */
    static SortedMap<String, Takes> all() {
        var endpoints = new TreeMap<String, Takes>();
        for (JavaClass type : new ClassFileImporter().importPackages("dev.ringside")) {
            if (type.isAnnotatedWith(Path.class)) {
                Class<?> resource = type.reflect();
                for (Method method : resource.getDeclaredMethods()) {
                    Arrays.stream(method.getAnnotations())
                            .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                            .filter(verb -> verb != null)
                            .forEach(verb -> endpoints.put(verb.value() + " " + path(resource, method), takes(method)));
                }
            }
        }
        return endpoints;
    }

    private static String path(Class<?> resource, Method method) {
        Path below = method.getAnnotation(Path.class);
        return resource.getAnnotation(Path.class).value() + (below == null ? "" : below.value());
    }

    private static Takes takes(Method method) {
        var parameters = new TreeSet<String>();
        boolean body = false;
        for (Parameter parameter : method.getParameters()) {
            List<String> named = Arrays.stream(parameter.getAnnotations())
                    .flatMap(Endpoints::named)
                    .toList();
            parameters.addAll(named);
            body |= parameter.getType() == byte[].class || parameter.getType() == InputStream.class;
        }
        // The type of a body is said by the body's description.
        parameters.remove("header " + HttpHeaders.CONTENT_TYPE);
        return new Takes(parameters, body);
    }

    private static Stream<String> named(Annotation annotation) {
        return switch (annotation) {
            case PathParam path -> Stream.of("path " + path.value());
            case QueryParam query -> Stream.of("query " + query.value());
            case HeaderParam header -> Stream.of("header " + header.value());
            default -> Stream.of();
        };
    }
}
