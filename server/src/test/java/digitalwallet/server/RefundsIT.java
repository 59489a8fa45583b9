package digitalwallet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers learn about refunds. */
final class RefundsIT {

    private final TestWallet wallet = TestWallet.shared();

    @Test
    void an_answer_and_the_record_name_what_a_refund_drew_on_and_what_is_left() {
        var user = wallet.aWalletWith("100.00");
        var first = buy(user, "10.00", "order-1");
        var second = buy(user, "20.00", "order-1");
        var key = Map.of("Idempotency-Key", "refund-" + user);
        var refund = wallet.post("system", "/refund", refund(user, "15.00", "order-1"), key);
        var draws = refund.json().path("transaction").path("draws");

        assertThat(draws.toString())
                .isEqualTo(
                        """
                        [{"transaction_id":"%s","amount":"10.00","left":"0.00"},\
                        {"transaction_id":"%s","amount":"5.00","left":"15.00"}]\
                        """
                                .formatted(first, second));
        assertThat(refund.text("message")).isEqualTo("refund posted");
        wallet.post("system", "/refund", refund(user, "1.00", "order-1"));
        var again = wallet.post("system", "/refund", refund(user, "15.00", "order-1"), key);
        assertThat(again.body()).isEqualTo(refund.body());
        var id = refund.json().path("transaction").path("id").asString("");
        var record = wallet.get("user:" + user, "/transactions/" + id);
        assertThat(record.json().path("draws")).isEqualTo(draws);
        var purchase = wallet.get("system", "/transactions/" + second);
        assertThat(purchase.text("refunded")).isEqualTo("6.00");
        assertThat(purchase.text("refundable")).isEqualTo("14.00");
    }

    @Test
    void a_refund_that_matched_no_purchase_says_so_and_counts_later() {
        var user = wallet.aWalletWith("100.00");
        var credit = wallet.post("system", "/refund", refund(user, "10.00", "order-1"));
        assertThat(credit.status()).isEqualTo(201);
        assertThat(credit.text("message"))
                .isEqualTo("refund posted; it matched no purchase, so no purchase caps it");
        assertThat(credit.json().path("transaction").path("draws").toString()).isEqualTo("[]");

        var purchase = buy(user, "12.00", "order-1");
        assertThat(wallet.get("system", "/transactions/" + purchase).text("refundable"))
                .isEqualTo("2.00");
        var refused = wallet.post("system", "/refund", refund(user, "10.00", "order-1"));
        assertThat(refused.code()).isEqualTo("refund_exceeds_purchase");
        assertThat(refused.text("refundable")).isEqualTo("2.00");
    }

    @Test
    void a_reference_that_is_null_does_not_pass_for_none() {
        var user = wallet.aWalletWith("1.00");
        for (var field : new String[] {"related_order_id", "related_transaction_id"}) {
            var body = TestWallet.deposit(user, "1.00").replace("}", ",\"%s\":null}");
            var refused = wallet.post("system", "/refund", body.formatted(field));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid_field");
            assertThat(refused.text("field")).isEqualTo(field);
        }
    }

    @Test
    void a_wallet_may_be_told_that_refunds_need_a_purchase() {
        var strict = TestWallet.with(Map.of("WALLET_REFUNDS_NEED_PURCHASE", "true"));
        try {
            var user = strict.aWalletWith("100.00");
            var unknown = strict.post("system", "/refund", refund(user, "1.00", "order-1"));
            assertThat(unknown.status()).isEqualTo(422);
            assertThat(unknown.code()).isEqualTo("purchase_not_found");
            var nothing = strict.post("system", "/refund", TestWallet.deposit(user, "1.00"));
            assertThat(nothing.code()).isEqualTo("purchase_not_found");
            strict.post("system", "/purchase", purchase(user, "1.00", "order-1"));
            assertThat(strict.post("system", "/refund", refund(user, "1.00", "order-1")).status())
                    .isEqualTo(201);
        } finally {
            strict.server().close();
        }
    }

    private String buy(String user, String amount, String order) {
        var bought = wallet.post("system", "/purchase", purchase(user, amount, order));
        return bought.json().path("transaction").path("id").asString("");
    }

    private static String purchase(String user, String amount, String order) {
        return ordered("order_id", user, amount, order);
    }

    private static String refund(String user, String amount, String order) {
        return ordered("related_order_id", user, amount, order);
    }

    private static String ordered(String field, String user, String amount, String order) {
        return """
        {"user_id":"%s","amount":"%s","initiated_by":"system","%s":"%s"}\
        """
                .formatted(user, amount, field, order);
    }
}
