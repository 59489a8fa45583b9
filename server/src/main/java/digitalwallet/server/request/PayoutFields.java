package digitalwallet.server.request;

import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.json.Json;
import digitalwallet.ledger.PayoutTarget;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a withdrawal's payout: where the money goes. */
final class PayoutFields {

    private static final String METHOD = "method";
    private static final String DESTINATION = "destination";
    private static final Set<String> NAMES = Set.of(METHOD, DESTINATION);
    private static final Pattern METHODS = Pattern.compile("[A-Za-z0-9._:@=,;-]{1,64}");

    private PayoutFields() {}

    /**
     * Reads them.
     *
     * @param methods what the method may be
     * @throws ProblemException when there is another field, or one is missing or not valid
     */
    static PayoutTarget read(Map<String, Json.Value> members, Pattern methods) {
        for (var name : members.keySet()) {
            if (!NAMES.contains(name)) {
                throw ProblemException.ofField(
                        ProblemCode.UNKNOWN_FIELD,
                        "payout." + Json.shown(name),
                        "payout."
                                + Json.shown(name)
                                + " is no field here: check its spelling, or leave it out");
            }
        }
        var method = text(members, METHOD);
        if (!METHODS.matcher(method).matches()) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_IDENTIFIER,
                    "payout.method",
                    "payout.method is no method: send 1 to 64 characters of A-Z a-z 0-9 . _ : @ = ,"
                            + " ; -");
        }
        var destination = text(members, DESTINATION);
        if (destination.isEmpty() || !CommandFields.isText(destination)) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_TEXT,
                    "payout.destination",
                    "payout.destination is empty, too long or no text: send 1 to 256 characters");
        }
        if (!methods.matcher(method).matches()) {
            throw ProblemException.ofField(
                    WalletProblem.INVALID_METHOD,
                    "payout.method",
                    "payout.method is none that a provider pays out by: ask the operator which"
                            + " there are");
        }
        return new PayoutTarget(method, destination);
    }

    /**
     * The text of a field; empty when it is anything else, because an empty text is refused too.
     */
    private static String text(Map<String, Json.Value> members, String name) {
        return switch (members.get(name)) {
            case Json.Text(var text) -> text;
            case null -> throw missing(name);
            case Json.Nothing _ -> throw missing(name);
            case Json.Numeral _, Json.Flag _, Json.Items _, Json.Members _ -> "";
        };
    }

    private static ProblemException missing(String name) {
        return ProblemException.ofField(
                ProblemCode.MISSING_FIELD,
                "payout." + name,
                "payout." + name + " is missing: send it");
    }
}
