package digitalwallet.process.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What values a variable takes.
 *
 * @param expected what they are, for people: "a number from 0 to 65535"
 * @param reader makes the value of its text; empty when the text is none
 */
public record Kind<T>(String expected, Function<String, Optional<T>> reader) {

    /** Any text. */
    public static Kind<String> text() {
        return new Kind<>("a text", Optional::of);
    }

    /** A whole number within bounds, both included. */
    public static Kind<Integer> number(int min, int max) {
        return new Kind<>(
                "a number from " + min + " to " + max,
                text -> whole(text).filter(number -> number >= min && number <= max));
    }

    /** Yes or no. */
    public static Kind<Boolean> flag() {
        var word = word("true", "false");
        return new Kind<>(word.expected, text -> word.reader.apply(text).map("true"::equals));
    }

    /** One of these words. */
    public static Kind<String> word(String... words) {
        var known = List.of(words);
        return new Kind<>(
                String.join(" or ", known), text -> Optional.of(text).filter(known::contains));
    }

    /** An address with one of these schemes. */
    public static Kind<URI> address(String... schemes) {
        var known = List.of(schemes);
        return new Kind<>(
                "an address that begins with " + String.join(" or ", known),
                text ->
                        uri(text)
                                .filter(
                                        uri ->
                                                uri.getScheme() != null
                                                        && known.contains(uri.getScheme())));
    }

    /** The name of a file, which need not exist. */
    public static Kind<Path> file() {
        return new Kind<>("a file", Kind::path);
    }

    /** A time of the day, UTC. */
    public static Kind<LocalTime> timeOfDay() {
        return new Kind<>("a time such as 03:00", Kind::time);
    }

    /** A time of a day, with the day. */
    public static Kind<Instant> instant() {
        return new Kind<>("a time such as 2026-01-31T12:00:00Z", Kind::moment);
    }

    /** The same kind, but it also takes this word, which is read as empty. */
    @SuppressWarnings("OptionalMapToOptional") // the outer one says whether the text is a value
    public Kind<Optional<T>> or(String word) {
        return new Kind<>(
                expected,
                text ->
                        text.equals(word)
                                ? Optional.of(Optional.empty())
                                : reader.apply(text).map(Optional::of));
    }

    private static Optional<Integer> whole(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
