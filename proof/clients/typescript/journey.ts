// A shop's day with the client that openapi-generator makes for TypeScript.
//
// Usage: node journey.js ADDRESS TOKEN NAME, where the token's role is system and the users' names begin with
// NAME. Ends with an error at the first answer that is not exactly as it must be.

import { deepStrictEqual as same, fail } from "node:assert";
import {
  Configuration,
  MoneyApi,
  ProblemFromJSON,
  ResponseError,
  TransactionsApi,
  WalletsApi,
  type BatchPosting,
  type Problem,
  type Transaction,
} from "./wallet-client/index.js";

const [address, token, name] = process.argv.slice(2) as [string, string, string];
const [alice, bob] = [`${name}-alice`, `${name}-bob`];

const configuration = new Configuration({ basePath: address, accessToken: token });
const money = new MoneyApi(configuration);
const wallets = new WalletsApi(configuration);
const transactions = new TransactionsApi(configuration);

/** The problem document with which the wallet refuses this call. */
async function problem(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (refused) {
    if (refused instanceof ResponseError) {
      return ProblemFromJSON(await refused.response.json());
    }
    throw refused;
  }
  return fail("the wallet takes what it must refuse");
}

// A deposit of more cents than a float32 can count, and the same again with its key.
const request = {
  depositRequest: { userId: alice, amount: "16777217.01", initiatedBy: "shop", bankTransactionId: `${name}-bank-1` },
  idempotencyKey: `${name}-deposit`,
};
const deposit = await money.deposit(request);
same(deposit.transaction.amount, "16777217.01");
same(deposit.transaction.status, "posted");
same([deposit.balance.amount, deposit.balance.currency], ["16777217.01", "USD"]);
const again = await money.depositRaw(request);
same(again.raw.headers.get("Idempotency-Replayed"), "true");
same(await again.value(), deposit);

const purchase = await money.purchase({
  purchaseRequest: { userId: alice, amount: "100.10", initiatedBy: "shop", orderId: `${name}-order-1` },
});
same(purchase.balance.amount, "16777116.91");
const paid = purchase.transaction;
const refund = await money.refund({
  refundRequest: { userId: alice, amount: "40.05", initiatedBy: "shop", relatedTransactionId: paid.id },
});
same(refund.balance.amount, "16777156.96");
same(refund.transaction.relatedTransactionId, paid.id);

await wallets.openWallet({ openRequest: { userId: bob } });
const transfer = await money.transfer({
  transferRequest: { fromUserId: alice, toUserId: bob, amount: "0.01", initiatedBy: "shop" },
});
same(transfer.balance.amount, "16777156.95");

// The balance at a time, now and at the purchase.
same((await wallets.getBalance({ userId: alice })).amount, "16777156.95");
const then = await wallets.getBalance({ userId: alice, at: paid.createdAt });
same([then.amount, then.version], ["16777116.91", 2]);

// The history, three entries a page, newest first.
const history: unknown[] = [];
let cursor: string | null = null;
do {
  const page = await wallets.listWalletTransactions({ userId: alice, limit: 3, ...(cursor && { cursor }) });
  history.push(...page.data.map((entry) => [entry.type, entry.amount, entry.balanceAfter, entry.version]));
  cursor = page.nextCursor;
} while (cursor !== null);
same(history, [
  ["transfer", "-0.01", "16777156.95", 4],
  ["refund", "40.05", "16777156.96", 3],
  ["purchase", "-100.10", "16777116.91", 2],
  ["deposit", "16777217.01", "16777217.01", 1],
]);

// A batch, each command for itself: the second one is refused.
const { results } = await money.sendBatch({
  batchRequest: {
    commands: [
      { type: "deposit", userId: bob, amount: "5.00", initiatedBy: "shop" },
      { type: "purchase", userId: bob, amount: "1000.00", initiatedBy: "shop" },
      { type: "transfer", fromUserId: bob, toUserId: alice, amount: "0.01", initiatedBy: "shop" },
    ],
  },
});
same(results.map((result) => result.status), [201, 422, 201]);
const [first, second, third] = results.map((result) => result.body) as [BatchPosting, Problem, BatchPosting];
same(first.balance?.amount, "5.01");
same([second.code, second.available, second.required], ["insufficient_funds", "5.01", "1000.00"]);
same([third.transaction.type, third.balance?.amount], ["transfer", "5.00"]);

// Refusals with their facts, which the books keep.
const poor = await problem(
  money.purchase({ purchaseRequest: { userId: alice, amount: "20000000.00", initiatedBy: "shop" } }),
);
same([poor.status, poor.code], [422, "insufficient_funds"]);
same([poor.available, poor.required, poor.currency], ["16777156.96", "20000000.00", "USD"]);
same(poor.retryable, false);
const kept = (await transactions.getTransaction({ id: poor.transactionId! })) as Transaction;
same([kept.status, kept.rejection?.code], ["rejected", "insufficient_funds"]);
same([kept.rejection?.available, kept.rejection?.required], ["16777156.96", "20000000.00"]);
const greedy = await problem(
  money.refund({
    refundRequest: { userId: alice, amount: "60.06", initiatedBy: "shop", relatedTransactionId: paid.id },
  }),
);
same(greedy.code, "refund_exceeds_purchase");
same([greedy.refundable, greedy.required], ["60.05", "60.06"]);

console.log(`${name}: all as it must be`);
