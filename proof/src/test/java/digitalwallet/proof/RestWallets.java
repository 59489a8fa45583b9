package digitalwallet.proof;

import digitalwallet.contract.Contract;
import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.scenario.Wallets;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The wallet as its callers see it: over HTTP. */
final class RestWallets implements Wallets {

    private static final JsonMapper JSON = new JsonMapper();

    /** The caller's own id. */
    static final String INITIATOR = "shop";

    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String token;

    /**
     * A client.
     *
     * @param token of a caller who may do everything that scenarios do
     */
    RestWallets(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    @Override
    public Answer send(Request request) {
        var reply = post(path(request), fields(request, inBody(request)), request.key());
        return answer(reply.statusCode(), JSON.readTree(reply.body()), isReplayed(reply));
    }

    @Override
    public GroupAnswer sendTogether(List<Request> requests, @Nullable String key) {
        var body = JSON.createObjectNode();
        body.put("atomic", true);
        var commands = body.putArray("commands");
        for (var request : requests) {
            var command = fields(request, true);
            command.put("type", request.type().word());
            put(command, "idempotency_key", request.key());
            commands.add(command);
        }
        var reply = post("/batch", body, key);
        var json = JSON.readTree(reply.body());
        if (reply.statusCode() != CREATED) {
            var answer = answer(reply.statusCode(), json, isReplayed(reply));
            return new GroupAnswer(List.of(answer), json.path("failed_index").asInt(-1));
        }
        var answers = new ArrayList<Answer>();
        for (var result : json.path("results")) {
            answers.add(
                    answer(result.path("status").asInt(0), result.path("body"), isReplayed(reply)));
        }
        return new GroupAnswer(answers, -1);
    }

    @Override
    public Optional<Money> balance(String userId, CurrencyCode currency) {
        var reply =
                send(request("/wallets/" + userId + "/balance?currency=" + currency.code()).GET());
        if (reply.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        var amount = JSON.readTree(reply.body()).path("amount").asString();
        // Not Money.parse: that reads what callers ask for, which is never zero.
        var minorUnits = new BigDecimal(amount).movePointRight(currency.decimals());
        return Optional.of(new Money(minorUnits.longValueExact(), currency));
    }

    private static String path(Request request) {
        return switch (request.type()) {
            case DEPOSIT, WITHDRAW, PURCHASE, REFUND, TRANSFER -> "/" + request.type().word();
            case OPEN -> "/wallets";
            case PAYOUT, SETTLEMENT, REVERSAL ->
                    throw new IllegalArgumentException("no verb: " + request.type());
            case FREEZE, UNFREEZE, CLOSE, REOPEN ->
                    "/wallets/" + request.userId() + "/" + request.type().word();
        };
    }

    /** Whether the body names the user, not the path. */
    private static boolean inBody(Request request) {
        return !path(request).startsWith("/wallets/");
    }

    private static ObjectNode fields(Request request, boolean naming) {
        var body = JSON.createObjectNode();
        boolean transfer = request.type() == TransactionType.TRANSFER;
        boolean refund = request.type() == TransactionType.REFUND;
        if (naming) {
            body.put(transfer ? "from_user_id" : "user_id", request.userId());
        }
        put(body, transfer ? "to_user_id" : "sweep_to", request.toUserId());
        var amount = request.amount();
        put(body, "amount", amount == null ? null : amount.toDecimal());
        var currency = request.currency();
        put(body, "currency", currency == null ? null : currency.code());
        put(body, refund ? "related_order_id" : "order_id", request.orderId());
        put(body, "bank_transaction_id", request.bankTransactionId());
        var purchase = request.purchaseId();
        put(body, "related_transaction_id", purchase == null ? null : purchase.toString());
        put(body, "scope", scope(request.frozen()));
        body.put("initiated_by", INITIATOR);
        body.put("reason", "a scenario");
        return body;
    }

    private static @Nullable String scope(@Nullable AccountStatus frozen) {
        return switch (frozen) {
            case DEBITS_FROZEN -> "debits";
            case CREDITS_FROZEN -> "credits";
            case FROZEN -> "all";
            case OPEN, CLOSED -> throw new IllegalArgumentException("no freeze: " + frozen);
            case null -> null;
        };
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static Answer answer(int status, JsonNode body, boolean replayed) {
        if (status == CREATED) {
            var balance = body.path("balance").path("amount").asString("");
            return new Answer(
                    UUID.fromString(body.path("transaction").path("id").asString()),
                    "posted",
                    replayed,
                    Map.of(),
                    balance.isEmpty() ? null : balance);
        }
        var code = body.path("code").asString("");
        if (code.equals("idempotency_key_reused")) {
            return new Answer(null, "key reused", replayed, Map.of(), null);
        }
        var facts = new TreeMap<String, String>();
        body.properties()
                .forEach(field -> facts.put(field.getKey(), field.getValue().asString("")));
        var id = facts.get("transaction_id");
        return new Answer(
                id == null ? null : UUID.fromString(id), "rejected " + code, replayed, facts, null);
    }

    private static boolean isReplayed(HttpResponse<String> reply) {
        return reply.headers().firstValue("Idempotency-Replayed").isPresent();
    }

    private HttpResponse<String> post(String path, ObjectNode body, @Nullable String key) {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofMinutes(5))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return Contract.WALLET.send(http, request.build());
    }
}
