package digitalwallet.server;

import digitalwallet.json.Printable;
import digitalwallet.kafka.Refusal;
import digitalwallet.process.ProcessLog;
import digitalwallet.process.settings.InvalidSettingException;
import digitalwallet.process.settings.LogSettings;
import digitalwallet.server.queue.DeadLetterBox;
import digitalwallet.server.queue.DeadLetterBox.Heading;
import digitalwallet.server.queue.DeadLetterBox.Letter;
import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** The program behind {@code ./wallet dead}: lists, shows and retries dead letters. */
public final class Dead {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int DETAIL_LENGTH = 60;
    private static final String LINE = "%-6s %-24.24s %-22s %-28s %s%n";
    private static final String UNSIGNED =
            "kept before letters were signed, or written by somebody else";
    private static final String FORGED = "its signature is none of the wallet's";
    private static final Set<String> ACTIONS = Set.of("show", "retry");

    private final DeadLetterBox box;
    private final PrintStream out;

    private Dead(DeadLetterBox box, PrintStream out) {
        this.box = box;
        this.out = out;
    }

    /** Exits with 0 when it was done, 1 when it could not be, 2 when the arguments are wrong. */
    public static void main(String[] arguments) {
        ProcessLog.start(new LogSettings(false, "error"), "wallet");
        System.exit(run(System.getenv(), arguments, System.out, System.err));
    }

    static int run(
            Map<String, String> variables, String[] arguments, PrintStream out, PrintStream err) {
        try {
            var letters = Settings.readLetters(variables);
            if (letters == null) {
                err.println("There is no Kafka: set WALLET_KAFKA_BOOTSTRAP.");
                return FAILED;
            }
            return asked(letters, arguments, out, err);
        } catch (InvalidSettingException e) {
            err.println(e.getMessage());
            return WRONG_ARGUMENTS;
        }
    }

    private static int asked(
            Settings.Letters letters, String[] arguments, PrintStream out, PrintStream err) {
        try {
            return new Dead(letters.box(), out).run(arguments, err);
        } catch (KafkaException e) {
            err.println(
                    new Refusal(letters.connection(), "WALLET_")
                            .sentence(e)
                            .orElse("Kafka cannot be asked: " + e.getMessage() + "."));
            return FAILED;
        }
    }

    private int run(String[] arguments, PrintStream err) {
        if (arguments.length == 1 && arguments[0].equals("list")) {
            return list();
        }
        var id = arguments.length == 2 ? number(arguments[1]) : OptionalLong.empty();
        if (id.isEmpty() || !ACTIONS.contains(arguments[0])) {
            err.println("Usage: wallet dead list | show ID | retry ID");
            return WRONG_ARGUMENTS;
        }
        boolean done =
                arguments[0].equals("show")
                        ? show(id.getAsLong(), err)
                        : retry(id.getAsLong(), err);
        return done ? OK : FAILED;
    }

    private boolean show(long id, PrintStream err) {
        var letter = box.letter(id);
        letter.ifPresentOrElse(this::show, () -> err.println(absent(id)));
        return letter.isPresent();
    }

    private int list() {
        var listing = box.letters();
        if (listing.headings().isEmpty()) {
            out.println("no dead letters");
            return OK;
        }
        out.printf(LINE, "ID", "TIME", "REASON", "FROM", "DETAIL");
        listing.headings().forEach(this::list);
        if (listing.omitted() > 0) {
            out.println("and " + listing.omitted() + " more");
        }
        return OK;
    }

    private void list(Heading letter) {
        switch (letter.verdict()) {
            case AUTHENTIC -> {
                var detail = header(letter, "detail");
                out.printf(
                        LINE,
                        letter.id(),
                        header(letter, "time"),
                        header(letter, "reason"),
                        origin(letter),
                        detail.length() > DETAIL_LENGTH
                                ? detail.substring(0, DETAIL_LENGTH) + "…"
                                : detail);
            }
            case UNSIGNED -> out.printf(LINE, letter.id(), "", "not signed", "", UNSIGNED);
            case FORGED -> out.printf(LINE, letter.id(), "", "forged", "", FORGED);
        }
    }

    private void show(Letter letter) {
        switch (letter.verdict()) {
            case AUTHENTIC -> {}
            case UNSIGNED -> out.println("NOT SIGNED: " + UNSIGNED + ".");
            case FORGED -> out.println("FORGED: " + FORGED + ".");
        }
        letter.headers()
                .forEach(
                        (name, value) ->
                                out.println(Printable.of(name) + ": " + Printable.of(value)));
        out.println("key: " + Printable.of(letter.key()));
        out.println();
        letter.message().lines().map(Printable::of).forEach(out::println);
    }

    private boolean retry(long id, PrintStream err) {
        return switch (box.retry(id)) {
            case SENT -> {
                out.println("sent again; if it cannot be done now either, it is listed anew");
                yield true;
            }
            case ABSENT -> {
                err.println(absent(id));
                yield false;
            }
            case REFERENCE -> {
                err.println("The message was too large to be kept here; show says where it is.");
                yield false;
            }
            case NOT_BELIEVED -> {
                err.println(
                        "It is not certain that the wallet wrote this letter, so it is not sent;"
                                + " show says why.");
                yield false;
            }
        };
    }

    private static String absent(long id) {
        return "There is no dead letter " + id + ".";
    }

    private static String origin(Heading letter) {
        return header(letter, "topic")
                + "-"
                + header(letter, "partition")
                + "@"
                + header(letter, "offset");
    }

    private static String header(Heading letter, String name) {
        return Printable.of(letter.headers().getOrDefault(name, ""));
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
