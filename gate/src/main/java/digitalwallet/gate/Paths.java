package digitalwallet.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/** Which methods each path has: those of the most specific pattern that matches it. */
final class Paths {

    static final Paths NONE = new Paths(Map.of(), List.of());

    private final Map<String, Route> plain;

    /** Those with variables, the most specific first. */
    private final List<Route> variable;

    private record Route(PathPattern pattern, Set<String> methods, Set<String> methodsOfUsers) {}

    private Paths(Map<String, Route> plain, List<Route> variable) {
        this.plain = plain;
        this.variable = variable;
    }

    /** Whether this path has a pattern of its own, which other patterns may match too. */
    boolean isPlain(String path) {
        return plain.containsKey(path);
    }

    /** What works on this path, OPTIONS included, sorted; empty when there is no such path. */
    Set<String> methods(String path) {
        var route = route(path);
        return route == null ? Set.of() : route.methods;
    }

    /** What users may do on this path with their own role, as methods. */
    Set<String> methodsOfUsers(String path) {
        var route = route(path);
        return route == null ? Set.of() : route.methodsOfUsers;
    }

    private @Nullable Route route(String path) {
        var exact = plain.get(path);
        if (exact != null) {
            return exact;
        }
        var parsed = PathContainer.parsePath(path);
        for (var route : variable) {
            if (route.pattern.matches(parsed)) {
                return route;
            }
        }
        return null;
    }

    /** Collects the methods of each pattern. */
    static final class Builder {

        private final Map<PathPattern, Route> routes = new TreeMap<>(Comparator.naturalOrder());

        void add(PathPattern pattern, String method, boolean ofUsers) {
            var route =
                    routes.computeIfAbsent(
                            pattern, key -> new Route(key, new TreeSet<>(), new TreeSet<>()));
            route.methods.add(method);
            route.methods.add("OPTIONS");
            if (method.equals("GET")) {
                route.methods.add("HEAD");
            }
            if (ofUsers) {
                route.methodsOfUsers.add(method);
            }
        }

        Paths build() {
            var plain = new HashMap<String, Route>();
            var variable = new ArrayList<Route>();
            for (var route : routes.values()) {
                if (route.pattern.hasPatternSyntax()) {
                    variable.add(route);
                } else {
                    plain.put(route.pattern.getPatternString(), route);
                }
            }
            return new Paths(Map.copyOf(plain), List.copyOf(variable));
        }
    }
}
