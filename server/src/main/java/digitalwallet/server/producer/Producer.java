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

    /** Copies the sets. */
    public Producer {
        roles = Set.copyOf(roles);
        verbs = Set.copyOf(verbs);
        amountMax = Map.copyOf(amountMax);
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
