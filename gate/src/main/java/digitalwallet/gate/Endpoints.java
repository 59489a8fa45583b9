package digitalwallet.gate;

import digitalwallet.gate.permission.NamesRule;
import digitalwallet.gate.permission.OpenToAll;
import digitalwallet.gate.permission.Rule;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What each endpoint declares, read once before the process listens: which rule it is under, or
 * that it is open to all. Both the gate and the guard ask here, so that each endpoint declares this
 * in one place only.
 */
final class Endpoints implements SmartInitializingSingleton {

    private final ObjectProvider<RequestMappingHandlerMapping> mapping;
    private volatile Rules rules = new Rules(Map.of(), Set.of(), Set.of(), List.of(), Paths.NONE);

    /**
     * What was read.
     *
     * @param openPaths open paths without variables
     * @param openPatterns open paths with variables
     * @param paths which methods each path has
     */
    private record Rules(
            Map<Method, Rule> byMethod,
            Set<Method> open,
            Set<String> openPaths,
            List<OpenPattern> openPatterns,
            Paths paths) {}

    /**
     * An open path with variables.
     *
     * @param start what comes before the first variable: most paths differ there already
     */
    private record OpenPattern(String start, PathPattern pattern) {

        static OpenPattern of(PathPattern pattern) {
            return new OpenPattern(pattern.getPatternString().replaceFirst("[{*?].*", ""), pattern);
        }

        boolean matches(String path) {
            return path.startsWith(start) && pattern.matches(PathContainer.parsePath(path));
        }
    }

    Endpoints(ObjectProvider<RequestMappingHandlerMapping> mapping) {
        this.mapping = mapping;
    }

    /** The rule that this endpoint is under; null when it has none. */
    @Nullable Rule rule(Method endpoint) {
        return rules.byMethod.get(endpoint);
    }

    /** Whether this endpoint needs no token. */
    boolean isOpen(Method endpoint) {
        return rules.open.contains(endpoint);
    }

    /** Whether this path is open: nothing that it leads to needs a token. */
    boolean isOpen(String path) {
        if (rules.openPaths.contains(path)) {
            return true;
        }
        for (var pattern : rules.openPatterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** What works on this path, OPTIONS included, sorted; empty when there is no such path. */
    Set<String> methods(String path) {
        return rules.paths.methods(path);
    }

    /** Whether this path has an endpoint of its own, which patterns of others may match too. */
    boolean isPlain(String path) {
        return rules.paths.isPlain(path);
    }

    /** What users may do on this path with their own role, as methods; may be empty. */
    Set<String> methodsOfUsers(String path) {
        return rules.paths.methodsOfUsers(path);
    }

    @Override
    public void afterSingletonsInstantiated() {
        var byMethod = new HashMap<Method, Rule>();
        var open = new HashSet<Method>();
        var paths = new HashSet<PathPattern>();
        var closed = new HashSet<PathPattern>();
        var all = new Paths.Builder();
        mapping.getObject()
                .getHandlerMethods()
                .forEach(
                        (info, handler) -> {
                            var method = handler.getMethod();
                            var condition = info.getPathPatternsCondition();
                            var patterns =
                                    condition == null
                                            ? Set.<PathPattern>of()
                                            : condition.getPatterns();
                            var rule = ruleOf(method);
                            boolean ofUsers = rule != null && rule.reach().user() != null;
                            for (var verb : info.getMethodsCondition().getMethods()) {
                                patterns.forEach(each -> all.add(each, verb.name(), ofUsers));
                            }
                            if (rule != null) {
                                byMethod.put(method, rule);
                            } else if (method.isAnnotationPresent(OpenToAll.class)) {
                                open.add(method);
                                paths.addAll(patterns);
                                return;
                            }
                            closed.addAll(patterns);
                        });
        requireApart(paths, closed);
        rules = rules(byMethod, open, paths, all.build());
    }

    private static Rules rules(
            Map<Method, Rule> byMethod, Set<Method> open, Set<PathPattern> openPaths, Paths all) {
        var plain = new HashSet<String>();
        var variable = new ArrayList<OpenPattern>();
        for (var pattern : openPaths) {
            if (pattern.hasPatternSyntax()) {
                variable.add(OpenPattern.of(pattern));
            } else {
                plain.add(pattern.getPatternString());
            }
        }
        return new Rules(byMethod, open, plain, variable, all);
    }

    /** The gate sees the path but not the method, so an open path must be open for all methods. */
    private static void requireApart(Set<PathPattern> open, Set<PathPattern> closed) {
        for (var path : open) {
            for (var other : closed) {
                if (path.equals(other)
                        || path.matches(PathContainer.parsePath(other.getPatternString()))) {
                    throw new IllegalStateException(
                            "the path " + other + " is open to all and under a rule");
                }
            }
        }
    }

    private static @Nullable Rule ruleOf(Method method) {
        for (var annotation : method.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(NamesRule.class)) {
                return value(annotation);
            }
        }
        return null;
    }

    private static Rule value(Annotation annotation) {
        try {
            return (Rule) annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException(annotation + " names no rule", e);
        }
    }
}
