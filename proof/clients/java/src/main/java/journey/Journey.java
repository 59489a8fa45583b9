package journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import wallet.ApiClient;
import wallet.ApiException;
import wallet.api.MoneyApi;
import wallet.api.TransactionsApi;
import wallet.api.WalletsApi;
import wallet.model.BatchPosting;
import wallet.model.BatchRequest;
import wallet.model.Command;
import wallet.model.DepositCommand;
import wallet.model.DepositRequest;
import wallet.model.OpenRequest;
import wallet.model.PostedTransaction;
import wallet.model.Problem;
import wallet.model.ProblemCode;
import wallet.model.PurchaseCommand;
import wallet.model.PurchaseRequest;
import wallet.model.RefundRequest;
import wallet.model.RejectionCode;
import wallet.model.Transaction;
import wallet.model.TransactionStatus;
import wallet.model.TransactionType;
import wallet.model.TransferCommand;
import wallet.model.TransferRequest;

/**
 * A shop's day with the client that openapi-generator makes for Java. Its arguments are the address, a token
 * with the role system, and what the users' names begin with. It ends with an error at the first answer that
 * is not exactly as it must be.
 */
public final class Journey {

    private final MoneyApi money;
    private final WalletsApi wallets;
    private final TransactionsApi transactions;
    private final String name;
    private final String alice;
    private final String bob;

    private Journey(ApiClient client, String name) {
        money = new MoneyApi(client);
        wallets = new WalletsApi(client);
        transactions = new TransactionsApi(client);
        this.name = name;
        alice = name + "-alice";
        bob = name + "-bob";
    }

    public static void main(String[] arguments) throws Exception {
        var client = new ApiClient();
        client.setBasePath(arguments[0]);
        client.setBearerToken(arguments[1]);
        try {
            var journey = new Journey(client, arguments[2]);
            journey.deposit();
            var paid = journey.buyAndGetSomeBack();
            journey.send();
            journey.look(paid);
            journey.sendBatch();
            journey.beRefused(paid);
            System.out.println(journey.name + ": all as it must be");
        } catch (ApiException e) {
            throw new IllegalStateException("refused: " + e.getResponseBody(), e);
        } finally {
            client.getHttpClient().dispatcher().executorService().shutdown();
            client.getHttpClient().connectionPool().evictAll();
        }
    }

    /** A deposit of more cents than a float can count, and the same again with its key. */
    private void deposit() throws ApiException {
        var request =
                new DepositRequest()
                        .userId(alice)
                        .amount("16777217.01")
                        .initiatedBy("shop")
                        .bankTransactionId(name + "-bank-1");
        var deposit = money.deposit(request, name + "-deposit", null);
        same("deposit", deposit.getTransaction().getAmount(), "16777217.01");
        same("status", deposit.getTransaction().getStatus(), PostedTransaction.StatusEnum.POSTED);
        same("balance", deposit.getBalance().getAmount(), "16777217.01");
        same("currency", deposit.getBalance().getCurrency(), "USD");
        var again = money.depositWithHttpInfo(request, name + "-deposit", null);
        same("replayed", header(again.getHeaders(), "Idempotency-Replayed"), List.of("true"));
        same("first answer", again.getData(), deposit);
    }

    private PostedTransaction buyAndGetSomeBack() throws ApiException {
        var buy =
                new PurchaseRequest()
                        .userId(alice)
                        .amount("100.10")
                        .initiatedBy("shop")
                        .orderId(name + "-order-1");
        var purchase = money.purchase(buy, null, null);
        same("after the purchase", purchase.getBalance().getAmount(), "16777116.91");
        var paid = purchase.getTransaction();
        var refund = money.refund(refund("40.05", paid), null, null);
        same("after the refund", refund.getBalance().getAmount(), "16777156.96");
        same("purchase", refund.getTransaction().getRelatedTransactionId(), paid.getId());
        return paid;
    }

    private void send() throws ApiException {
        wallets.openWallet(new OpenRequest().userId(bob), null, null);
        var give =
                new TransferRequest()
                        .fromUserId(alice)
                        .toUserId(bob)
                        .amount("0.01")
                        .initiatedBy("shop");
        var transfer = money.transfer(give, null, null);
        same("after the transfer", transfer.getBalance().getAmount(), "16777156.95");
    }

    /** The balance now and at the purchase; the history, three entries a page, newest first. */
    private void look(PostedTransaction paid) throws ApiException {
        same("now", wallets.getBalance(alice, null, null).getAmount(), "16777156.95");
        var then = wallets.getBalance(alice, null, paid.getCreatedAt());
        same("then", then.getAmount() + " " + then.getVersion(), "16777116.91 2");

        var history = new ArrayList<List<Object>>();
        String cursor = null;
        do {
            var page = wallets.listWalletTransactions(
                            alice, null, null, null, null, cursor, 3, null);
            for (var entry : page.getData()) {
                history.add(
                        List.of(
                                entry.getType(),
                                entry.getAmount(),
                                entry.getBalanceAfter(),
                                entry.getVersion()));
            }
            cursor = page.getNextCursor();
        } while (cursor != null);
        same(
                "history",
                history,
                List.of(
                        List.of(TransactionType.TRANSFER, "-0.01", "16777156.95", 4L),
                        List.of(TransactionType.REFUND, "40.05", "16777156.96", 3L),
                        List.of(TransactionType.PURCHASE, "-100.10", "16777116.91", 2L),
                        List.of(TransactionType.DEPOSIT, "16777217.01", "16777217.01", 1L)));
    }

    /** A batch, each command for itself: the second one is refused. */
    private void sendBatch() throws ApiException {
        var batch =
                new BatchRequest()
                        .addCommandsItem(
                                new Command(
                                        new DepositCommand()
                                                .type(DepositCommand.TypeEnum.DEPOSIT)
                                                .userId(bob)
                                                .amount("5.00")
                                                .initiatedBy("shop")))
                        .addCommandsItem(
                                new Command(
                                        new PurchaseCommand()
                                                .type(PurchaseCommand.TypeEnum.PURCHASE)
                                                .userId(bob)
                                                .amount("1000.00")
                                                .initiatedBy("shop")))
                        .addCommandsItem(
                                new Command(
                                        new TransferCommand()
                                                .type(TransferCommand.TypeEnum.TRANSFER)
                                                .fromUserId(bob)
                                                .toUserId(alice)
                                                .amount("0.01")
                                                .initiatedBy("shop")));
        var results = money.sendBatch(batch, null, null).getResults();
        same("statuses", results.stream().map(r -> r.getStatus()).toList(), List.of(201, 422, 201));
        BatchPosting first = results.get(0).getBody().getBatchPosting();
        same("bob's", first.getBalance().getAmount(), "5.01");
        Problem second = results.get(1).getBody().getProblem();
        same("refused", second.getCode(), ProblemCode.INSUFFICIENT_FUNDS);
        same("facts", second.getAvailable() + " " + second.getRequired(), "5.01 1000.00");
        BatchPosting third = results.get(2).getBody().getBatchPosting();
        same("sent by bob", third.getTransaction().getType(), TransactionType.TRANSFER);
        same("bob's", third.getBalance().getAmount(), "5.00");
    }

    /** Refusals with their facts, which the books keep. */
    private void beRefused(PostedTransaction paid) throws Exception {
        var tooMuch = new PurchaseRequest().userId(alice).amount("20000000.00").initiatedBy("shop");
        var poor = problem(() -> money.purchase(tooMuch, null, null));
        same("status", poor.getStatus(), 422);
        same("code", poor.getCode(), ProblemCode.INSUFFICIENT_FUNDS);
        same("available", poor.getAvailable(), "16777156.96");
        same("required", poor.getRequired(), "20000000.00");
        same("currency", poor.getCurrency(), "USD");
        same("retryable", poor.getRetryable(), false);
        Transaction kept =
                transactions.getTransaction(poor.getTransactionId(), null).getTransaction();
        same("kept", kept.getStatus(), TransactionStatus.REJECTED);
        same("kept", kept.getRejection().getCode(), RejectionCode.INSUFFICIENT_FUNDS);
        same("kept", kept.getRejection().getAvailable(), "16777156.96");
        same("kept", kept.getRejection().getRequired(), "20000000.00");
        var greedy = problem(() -> money.refund(refund("60.06", paid), null, null));
        same("code", greedy.getCode(), ProblemCode.REFUND_EXCEEDS_PURCHASE);
        same("facts", greedy.getRefundable() + " " + greedy.getRequired(), "60.05 60.06");
    }

    private RefundRequest refund(String amount, PostedTransaction paid) {
        return new RefundRequest()
                .userId(alice)
                .amount(amount)
                .initiatedBy("shop")
                .relatedTransactionId(paid.getId());
    }

    private interface Call {
        void send() throws ApiException;
    }

    /** The problem document with which the wallet refuses this call. */
    private static Problem problem(Call call) throws Exception {
        try {
            call.send();
        } catch (ApiException e) {
            return Problem.fromJson(e.getResponseBody());
        }
        throw new IllegalStateException("the wallet takes what it must refuse");
    }

    private static List<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void same(String what, Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new IllegalStateException(what + ": " + found + " is not " + expected);
        }
    }
}
