package digitalwallet.proof;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the Java sources declare, as the compiler's own parser reads them. */
final class Sources {

    /** A method and how many lines there are between its braces. */
    record Method(String file, String name, long lines) {}

    /** A method, a constructor or a record, and how many booleans it takes. */
    record Flags(String file, String name, long booleans) {}

    /** A class, as opposed to a record, an enum or an interface. */
    record DeclaredClass(String file, String name, Set<Modifier> modifiers) {}

    /** Something of floating point: a type or a literal. */
    record Floating(String file, long line) {}

    private final List<Method> methods = new ArrayList<>();
    private final List<Flags> flags = new ArrayList<>();
    private final List<DeclaredClass> classes = new ArrayList<>();
    private final List<Floating> floating = new ArrayList<>();

    /** Everything that is declared in this repository, tests included. */
    static Sources parse() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources = new Sources();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var paths = Repository.files(".java").stream().map(Repository.root()::resolve).toList();
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(paths));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                sources.new Reader(unit, positions).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    List<Method> methods() {
        return methods;
    }

    List<Flags> flags() {
        return flags;
    }

    List<DeclaredClass> classes() {
        return classes;
    }

    List<Floating> floating() {
        return floating;
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            flags.add(
                    new Flags(
                            file(),
                            method.getName().toString(),
                            booleans(method.getParameters().stream())));
            var body = method.getBody();
            if (body != null) {
                long lines =
                        line(positions.getEndPosition(unit, body))
                                - line(positions.getStartPosition(unit, body))
                                - 1;
                methods.add(new Method(file(), method.getName().toString(), lines));
            }
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree declared, @Nullable Void nothing) {
            boolean hasName = !declared.getSimpleName().isEmpty();
            if (declared.getKind() == Tree.Kind.CLASS && hasName) {
                classes.add(
                        new DeclaredClass(
                                file(),
                                declared.getSimpleName().toString(),
                                declared.getModifiers().getFlags()));
            }
            if (declared.getKind() == Tree.Kind.RECORD) {
                var components =
                        declared.getMembers().stream()
                                .filter(VariableTree.class::isInstance)
                                .map(VariableTree.class::cast)
                                .filter(Reader::isComponent);
                flags.add(
                        new Flags(
                                file(), declared.getSimpleName().toString(), booleans(components)));
            }
            return super.visitClass(declared, null);
        }

        /** A record's fields are its components, except for those that are static. */
        private static boolean isComponent(VariableTree field) {
            return !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private static long booleans(Stream<? extends VariableTree> variables) {
            return variables
                    .filter(
                            variable ->
                                    variable.getType() instanceof PrimitiveTypeTree type
                                            && type.getPrimitiveTypeKind() == TypeKind.BOOLEAN)
                    .count();
        }

        @Override
        public @Nullable Void visitPrimitiveType(PrimitiveTypeTree type, @Nullable Void nothing) {
            switch (type.getPrimitiveTypeKind()) {
                case DOUBLE, FLOAT -> found(type);
                default -> {}
            }
            return super.visitPrimitiveType(type, null);
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
            if (name.getName().contentEquals("Double") || name.getName().contentEquals("Float")) {
                found(name);
            }
            return super.visitIdentifier(name, null);
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
            if (literal.getValue() instanceof Double || literal.getValue() instanceof Float) {
                found(literal);
            }
            return super.visitLiteral(literal, null);
        }

        private void found(Tree tree) {
            floating.add(new Floating(file(), line(positions.getStartPosition(unit, tree))));
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String file() {
            return Repository.root().relativize(Path.of(unit.getSourceFile().toUri())).toString();
        }
    }
}
