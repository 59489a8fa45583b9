package digitalwallet.payments.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the sandbox bank behaves towards one payment: the words after {@code sandbox:} in its method,
 * joined by colons. What it says at a time follows from the words and the time alone.
 *
 * @param delay until it has decided
 */
public record SandboxScript(Set<Word> words, Duration delay) {

    /** How every method of the sandbox begins. */
    public static final String PREFIX = "sandbox:";

    private static final Pattern DELAY = Pattern.compile("delay-([0-9]{1,5})(ms|s)");
    private static final Duration DELAY_MAX = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration SHUFFLED = Duration.ofMillis(300);

    /** The behaviours that can be asked of the bank. */
    public enum Word {
        /** It pays. */
        OK,
        /** It says no. */
        DECLINE,
        /** It confirms that the payment is cancelled. */
        CANCEL,
        /** It says no to a top-up, or nothing about a payout, and pays two seconds later. */
        LATE_SUCCESS,
        /** It takes the call, but the answer is lost. */
        TIMEOUT,
        /** The first call does not reach it. */
        UNREACHABLE,
        /** It sends the webhook twice, and the same news once more as another webhook. */
        DUPLICATE_WEBHOOK,
        /** It sends no webhook. */
        LOST_WEBHOOK,
        /** It sends an old webhook after the final one. */
        OUT_OF_ORDER;

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static Optional<Word> find(String text) {
            return Arrays.stream(values()).filter(word -> word.text().equals(text)).findFirst();
        }

        private boolean isOutcome() {
            return switch (this) {
                case OK, DECLINE, CANCEL, LATE_SUCCESS -> true;
                case TIMEOUT, UNREACHABLE, DUPLICATE_WEBHOOK, LOST_WEBHOOK, OUT_OF_ORDER -> false;
            };
        }
    }

    /** What the bank says about a movement; only the first two are final. */
    enum Status {
        SUCCEEDED,
        FAILED,
        PROCESSING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A webhook to be sent: when, and what it says. Webhooks with equal numbers are the same event.
     */
    record Notice(int event, Duration after, Status status) {}

    /** The script in a method; empty when the sandbox does not understand it. */
    public static Optional<SandboxScript> parse(String method) {
        if (!method.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var words = EnumSet.noneOf(Word.class);
        var delay = Duration.ZERO;
        for (var text : method.substring(PREFIX.length()).split(":", -1)) {
            var matcher = DELAY.matcher(text);
            var word = Word.find(text);
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                var unit = matcher.group(2);
                delay = unit.equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
            } else if (word.isEmpty()) {
                return Optional.empty();
            } else {
                words.add(word.get());
            }
        }
        boolean isClear = words.stream().filter(Word::isOutcome).count() <= 1;
        return isClear && delay.compareTo(DELAY_MAX) <= 0
                ? Optional.of(new SandboxScript(words, delay))
                : Optional.empty();
    }

    boolean has(Word word) {
        return words.contains(word);
    }

    /** What the bank says about a movement that it was asked for at that time. */
    Status at(Instant now, Instant askedAt, ProviderCall.Kind kind) {
        return now.isBefore(askedAt.plus(delay))
                ? Status.PROCESSING
                : decided(kind, !now.isBefore(askedAt.plus(delay).plus(LATE)));
    }

    private Status decided(ProviderCall.Kind kind, boolean late) {
        if (kind == ProviderCall.Kind.REFUND) {
            return Status.SUCCEEDED;
        }
        if (has(Word.DECLINE) || has(Word.CANCEL)) {
            return Status.FAILED;
        }
        if (has(Word.LATE_SUCCESS) && !late) {
            // After a final no to a payout the money is back in the wallet: a bank that may still
            // pay has not said no.
            return kind == ProviderCall.Kind.PAY ? Status.PROCESSING : Status.FAILED;
        }
        return Status.SUCCEEDED;
    }

    String failure() {
        return has(Word.CANCEL) ? "cancelled" : "declined";
    }

    /** The webhooks it sends about a movement. */
    List<Notice> notices(ProviderCall.Kind kind) {
        var notices = new ArrayList<Notice>();
        if (has(Word.LOST_WEBHOOK)) {
            return notices;
        }
        notices.add(new Notice(1, delay, decided(kind, false)));
        var lastAt = delay;
        if (has(Word.LATE_SUCCESS) && kind != ProviderCall.Kind.REFUND) {
            lastAt = delay.plus(LATE);
            notices.add(new Notice(2, lastAt, decided(kind, true)));
        }
        if (has(Word.DUPLICATE_WEBHOOK)) {
            notices.add(new Notice(1, delay, decided(kind, false)));
            notices.add(new Notice(3, lastAt, decided(kind, true)));
        }
        if (has(Word.OUT_OF_ORDER)) {
            notices.add(new Notice(4, lastAt.plus(SHUFFLED), Status.PROCESSING));
        }
        return notices;
    }

    /** Whether the answer to the call is the decision; otherwise the call is only taken. */
    boolean answersWithDecision() {
        return delay.isZero() && words.stream().allMatch(Word::isOutcome);
    }
}
