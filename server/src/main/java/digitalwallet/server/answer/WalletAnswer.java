package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.ledger.reading.BalanceAt;
import digitalwallet.ledger.reading.Wallet;
import java.time.Instant;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** How wallets and their balances look. */
public final class WalletAnswer {

    private WalletAnswer() {}

    /** A wallet with its balances in all currencies. */
    public static Answer of(Wallet wallet) {
        return Answer.ok(version(wallet), json -> write(json, wallet));
    }

    /** A balance as it was at this time. */
    public static Answer of(String userId, BalanceAt balance, Instant time) {
        var version = balance.amount().currency().code() + "-" + balance.version();
        return Answer.ok(version, json -> write(json, userId, balance, time));
    }

    /** Whatever happens to a wallet, also a freeze, takes a version in one currency at least. */
    private static String version(Wallet wallet) {
        return wallet.status().word()
                + wallet.balances().stream()
                        .map(each -> "-" + each.amount().currency().code() + each.version())
                        .collect(Collectors.joining());
    }

    private static void write(JsonGenerator json, Wallet wallet) {
        json.writeStartObject();
        json.writeStringProperty("user_id", wallet.userId());
        json.writeStringProperty("status", wallet.status().word());
        json.writeArrayPropertyStart("balances");
        for (var balance : wallet.balances()) {
            json.writeStartObject();
            json.writeStringProperty("currency", balance.amount().currency().code());
            json.writeStringProperty("amount", balance.amount().toDecimal());
            json.writeNumberProperty("version", balance.version());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("opened_at", TransactionJson.time(wallet.openedAt()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String userId, BalanceAt balance, Instant time) {
        json.writeStartObject();
        json.writeStringProperty("user_id", userId);
        json.writeStringProperty("currency", balance.amount().currency().code());
        json.writeStringProperty("amount", balance.amount().toDecimal());
        json.writeNumberProperty("version", balance.version());
        json.writeStringProperty("at", TransactionJson.time(time));
        json.writeEndObject();
    }
}
