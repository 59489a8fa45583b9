package digitalwallet.server.request;

import digitalwallet.gate.permission.Grant;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Details;
import digitalwallet.ledger.DigestKey;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.Initiator;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a command of a request, once it is certain that the caller may ask for it. All commands are
 * read here, in whichever way they come in.
 */
public final class CommandReader {

    private final DigestKey digestKey;
    private final CurrencyCode currency;
    private final Pattern payoutMethods;

    /**
     * A reader.
     *
     * @param currency the currency that is meant where none is named
     * @param payoutMethods what a payout's method may be
     */
    public CommandReader(DigestKey digestKey, CurrencyCode currency, Pattern payoutMethods) {
        this.digestKey = digestKey;
        this.currency = currency;
        this.payoutMethods = payoutMethods;
    }

    /**
     * The command.
     *
     * @param id the transaction it becomes
     * @throws ProblemException when the fields do not make one
     * @throws digitalwallet.gate.permission.Denied when the caller may not send it
     */
    public Command read(Request request, Caller caller, UUID id) {
        var grant = request.verb().permission().grant(caller);
        request.verb().form().check(request.fields());
        var command = command(request.verb(), new CommandFields(request.fields()), grant, id);
        var key = request.key();
        return key == null
                ? command
                : command.withKey(IdempotencyKey.of(caller.id(), key, command.fingerprint()));
    }

    private Command command(Verb verb, CommandFields fields, Grant grant, UUID id) {
        return switch (verb) {
            case DEPOSIT -> {
                var user = fields.identifier(Field.USER_ID);
                var amount = amount(fields);
                yield new Command.Deposit(header(fields, grant, user, id), user, amount);
            }
            case WITHDRAW -> withdraw(fields, grant, id);
            case PURCHASE -> purchase(fields, grant, id);
            case REFUND -> refund(fields, grant, id);
            case TRANSFER -> transfer(fields, grant, id);
            case OPEN -> {
                var user = fields.identifier(Field.USER_ID);
                var opened = fields.currency(currency);
                yield new Command.Open(header(fields, grant, user, id), user, opened);
            }
            case FREEZE -> {
                var user = fields.identifier(Field.USER_ID);
                var frozen = frozen(fields.optionalWord(Field.SCOPE));
                yield new Command.Freeze(header(fields, grant, user, id), user, frozen);
            }
            case UNFREEZE -> {
                var user = fields.identifier(Field.USER_ID);
                yield new Command.Unfreeze(header(fields, grant, user, id), user);
            }
            case REOPEN -> {
                var user = fields.identifier(Field.USER_ID);
                yield new Command.Reopen(header(fields, grant, user, id), user);
            }
            case CLOSE -> close(fields, grant, id);
        };
    }

    private Command withdraw(CommandFields fields, Grant grant, UUID id) {
        var user = fields.identifier(Field.USER_ID);
        var amount = amount(fields);
        var header = header(fields, grant, user, id);
        return header.details().payout() == null
                ? new Command.Withdraw(header, user, amount)
                : new Command.Payout(header, user, amount);
    }

    private Command purchase(CommandFields fields, Grant grant, UUID id) {
        var user = fields.identifier(Field.USER_ID);
        var amount = amount(fields);
        var order = fields.optionalIdentifier(Field.ORDER_ID);
        return new Command.Purchase(header(fields, grant, user, id), user, amount, order);
    }

    private Command refund(CommandFields fields, Grant grant, UUID id) {
        var user = fields.identifier(Field.USER_ID);
        var amount = amount(fields);
        // Without them nothing caps the refund: a caller must not leave them out by mistake.
        fields.requireNotNull(Field.RELATED_ORDER_ID);
        fields.requireNotNull(Field.RELATED_TRANSACTION_ID);
        var order = fields.optionalIdentifier(Field.RELATED_ORDER_ID);
        var purchase = fields.optionalUuid(Field.RELATED_TRANSACTION_ID);
        return new Command.Refund(header(fields, grant, user, id), user, amount, order, purchase);
    }

    private Command transfer(CommandFields fields, Grant grant, UUID id) {
        var from = fields.identifier(Field.FROM_USER_ID);
        var to = fields.identifier(Field.TO_USER_ID);
        var amount = amount(fields);
        return new Command.Transfer(header(fields, grant, from, id), from, to, amount);
    }

    private Command close(CommandFields fields, Grant grant, UUID id) {
        var user = fields.identifier(Field.USER_ID);
        fields.requireNotNull(Field.SWEEP_TO);
        var sweepTo = fields.optionalIdentifier(Field.SWEEP_TO);
        if (user.equals(sweepTo)) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_FIELD,
                    "sweep_to",
                    "sweep_to is the user whose wallet is closed: name another one");
        }
        return new Command.Close(header(fields, grant, user, id), user, sweepTo);
    }

    private Money amount(CommandFields fields) {
        return fields.amount(fields.currency(currency));
    }

    /** Who wants it and why. This is read last, so that 403 comes after 400. */
    private Command.Header header(CommandFields fields, Grant grant, String owner, UUID id) {
        var named = fields.optionalIdentifier(Field.INITIATED_BY);
        var bankTransactionId = fields.optionalIdentifier(Field.BANK_TRANSACTION_ID);
        var description = fields.optionalText(Field.DESCRIPTION);
        var reason = fields.optionalText(Field.REASON);
        var metadata = fields.metadata();
        var payout = fields.payout(payoutMethods);
        var caller = grant.caller().id();
        var initiatedBy = named == null ? caller : named;
        grant.mayTouchWalletOf(owner);
        grant.mayActInTheNameOf(initiatedBy);
        grant.mayDoItBecause(reason);
        boolean silent =
                bankTransactionId == null
                        && description == null
                        && reason == null
                        && metadata.isEmpty()
                        && payout == null;
        return new Command.Header(
                id,
                new Initiator(initiatedBy, caller, grant.role().word()),
                silent
                        ? Details.NONE
                        : new Details(
                                UUID.randomUUID(),
                                bankTransactionId,
                                description,
                                reason,
                                metadata,
                                payout),
                bankTransactionId == null ? null : digestKey.reference(bankTransactionId),
                null);
    }

    private static AccountStatus frozen(@Nullable String scope) {
        return switch (scope) {
            case "all" -> AccountStatus.FROZEN;
            case "debits" -> AccountStatus.DEBITS_FROZEN;
            case "credits" -> AccountStatus.CREDITS_FROZEN;
            case null -> AccountStatus.FROZEN;
            default ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_FIELD,
                            "scope",
                            "scope is no word that is known: send all, debits or credits");
        };
    }
}
