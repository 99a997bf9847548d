package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which handler answers which method on which exact path; anything else is 404 or 405 (T-75). */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        void handle(WebExchange exchange) throws IOException, ServletException, RefusedException;
    }

    /** A page or a JSON resource to be read. */
    Routes get(String path, Handler handler) {
        return add("GET", path, false, handler);
    }

    /** A JSON resource to be read; its errors are problem bodies, whatever the client accepts. */
    Routes getJson(String path, Handler handler) {
        return add("GET", path, true, handler);
    }

    /** A form. */
    Routes post(String path, Handler handler) {
        return add("POST", path, false, handler);
    }

    /** A JSON body; its errors are problem bodies, whatever the client accepts. */
    Routes postJson(String path, Handler handler) {
        return add("POST", path, true, handler);
    }

    private Routes add(String method, String path, boolean json, Handler handler) {
        routes.add(new Route(method, List.of(path.split("/", -1)), json, handler));
        return this;
    }

    /** Finds who answers, and tells the exchange how its errors are to look, whatever else is wrong with the request. */
    Route find(WebExchange exchange) throws RefusedException {
        List<String> path = List.of(exchange.path().split("/", -1));
        List<Route> here = routes.stream().filter(route -> route.matches(path)).toList();
        if (here.isEmpty()) {
            throw new RefusedException(Problem.NOT_FOUND);
        }
        exchange.foundAt(path, here);
        String method = exchange.method();
        return here.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .orElseThrow(() -> {
                    exchange.response().setHeader("Allow", methods(here));
                    return new RefusedException(Problem.METHOD_NOT_ALLOWED);
                });
    }

    private static String methods(List<Route> here) {
        return here.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
    }

    /**
     * One method on one path.
     *
     * @param path by segment; a segment such as <code>{id}</code> stands for the id of any passkey or user
     * @param json whether it speaks JSON only
     */
    record Route(String method, List<String> path, boolean json, Handler handler) {
        /** The key of a passkey, a SHA-256, or a user handle, both in base64url. Whatever else is asked for is not there. */
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

        boolean matches(List<String> actual) {
            if (actual.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                boolean same = isVariable(path.get(i))
                        ? ID.matcher(actual.get(i)).matches()
                        : path.get(i).equals(actual.get(i));
                if (!same) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }

        /** What stands for the variables, by their names in brackets. */
        Map<String, String> variables(List<String> actual) {
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                if (isVariable(path.get(i))) {
                    variables.put(path.get(i), actual.get(i));
                }
            }
            return variables;
        }
    }
}
