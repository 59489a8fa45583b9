package digitalwallet.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import digitalwallet.contract.Contract;
import digitalwallet.contract.RawHttp;
import digitalwallet.contract.RawRequests;
import org.junit.jupiter.api.Test;

/** Requests that no client library would send: they get a problem document and change nothing. */
final class RawRequestsIT {

    private final TestPayments payments = TestPayments.shared();

    @Test
    void what_is_not_proper_is_refused_with_a_problem() {
        var http = new RawHttp(payments.server().port());
        var order = TestPayments.order("raw", "1.00", "sandbox:ok");
        var requests = new RawRequests("/payments/top-ups", payments.token("system"), order);
        assertThat(requests.wronglyAnswered(http, Contract.PAYMENTS)).isEmpty();
        var listed = payments.get("system", "/payments?user_id=raw");
        assertThat(listed.body()).contains("\"data\":[]");
    }

    @Test
    void the_methods_of_a_path_are_those_that_work_there() {
        var http = new RawHttp(payments.server().port());
        var requests = new RawRequests("/payments/top-ups", payments.token("system"), "{}");
        for (var method : new String[] {"PUT", "GET", "TRACE", "OPTIONS"}) {
            var answer = http.send(requests.post("Content-Length: 2").replaceFirst("POST", method));
            assertThat(answer.status()).as(method).isEqualTo(method.equals("OPTIONS") ? 200 : 405);
            assertThat(answer.headers().get("allow")).as(method).containsExactly("OPTIONS, POST");
        }
    }
}
