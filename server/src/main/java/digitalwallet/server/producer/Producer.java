package digitalwallet.server.producer;

import digitalwallet.gate.token.Caller;
import digitalwallet.gate.token.Role;
import digitalwallet.ledger.Command;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import digitalwallet.server.request.Verb;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A service that writes commands itself.
 *
 * @param source what its messages name as their source, and who the books name as their caller
 * @param roles in which it acts; what they may do is decided as for any other caller
 * @param verbs it may send
 * @param amountMax the most that one command of it moves; none in a currency that is not there
 */
public record Producer(
        String source, Set<Role> roles, Set<Verb> verbs, Map<CurrencyCode, Money> amountMax) {

    /** The form of a source, as a sentence for people. */
    public static final String SOURCE_FORM =
            "source has 1 to 64 characters of A-Z a-z 0-9 . _ : @ / -";

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._:@/-]{1,64}");

    /** Copies the sets. */
    public Producer {
        roles = Set.copyOf(roles);
        verbs = Set.copyOf(verbs);
        amountMax = Map.copyOf(amountMax);
    }

    /** Whether a text can be a source. */
    public static boolean isSource(String text) {
        return SOURCE.matcher(text).matches();
    }

    /** As whom its commands are read. */
    public Caller caller() {
        return new Caller(source, roles);
    }

    /** Why it may not send this command, a sentence for people; empty when it may. */
    public Optional<String> refusal(Command command) {
        var verb = Verb.of(command.type());
        if (!verbs.contains(verb)) {
            return Optional.of(source + " may not send " + verb.word());
        }
        var amount = command.movedAmount();
        if (amount == null) {
            return Optional.empty();
        }
        var most = amountMax.get(amount.currency());
        return most != null && amount.minorUnits() <= most.minorUnits()
                ? Optional.empty()
                : Optional.of(
                        most == null
                                ? source + " may not move " + amount.currency().code()
                                : source + " may move at most " + most + " by one command");
    }
}
