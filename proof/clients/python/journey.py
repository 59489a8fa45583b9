"""A shop's day with the client that openapi-generator makes for Python.

Usage: journey.py ADDRESS TOKEN NAME, where the token's role is system and the users' names begin with NAME.
Ends with an error at the first answer that is not exactly as it must be.
"""

import sys

from wallet_client import (
    ApiClient,
    ApiException,
    BatchRequest,
    Command,
    Configuration,
    DepositCommand,
    DepositRequest,
    MoneyApi,
    OpenRequest,
    PurchaseCommand,
    PurchaseRequest,
    RefundRequest,
    TransactionsApi,
    TransferCommand,
    TransferRequest,
    WalletsApi,
)

address, token, name = sys.argv[1:]
alice, bob = f"{name}-alice", f"{name}-bob"


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found!r} is not {expected!r}")


def problem(call, **arguments):
    """The problem document with which the wallet refuses this call."""
    try:
        call(**arguments)
    except ApiException as refused:
        same("status", refused.status, refused.data.status)
        return refused.data
    sys.exit("the wallet takes what it must refuse")


client = ApiClient(Configuration(host=address, access_token=token))
money, wallets, transactions = MoneyApi(client), WalletsApi(client), TransactionsApi(client)

# A deposit of more cents than a float32 can count, and the same again with its key.
request = DepositRequest(
    user_id=alice, amount="16777217.01", initiated_by="shop", bank_transaction_id=f"{name}-bank-1"
)
deposit = money.deposit(request, idempotency_key=f"{name}-deposit")
same("deposit", deposit.transaction.amount, "16777217.01")
same("status", deposit.transaction.status, "posted")
same("balance", (deposit.balance.amount, deposit.balance.currency), ("16777217.01", "USD"))
again = money.deposit_with_http_info(request, idempotency_key=f"{name}-deposit")
same("replayed", again.headers["Idempotency-Replayed"], "true")
same("first answer", again.data, deposit)

purchase = money.purchase(
    PurchaseRequest(user_id=alice, amount="100.10", initiated_by="shop", order_id=f"{name}-order-1")
)
same("balance after the purchase", purchase.balance.amount, "16777116.91")
paid = purchase.transaction
refund = money.refund(
    RefundRequest(user_id=alice, amount="40.05", initiated_by="shop", related_transaction_id=paid.id)
)
same("balance after the refund", refund.balance.amount, "16777156.96")
same("refunded purchase", refund.transaction.related_transaction_id, paid.id)

wallets.open_wallet(OpenRequest(user_id=bob))
transfer = money.transfer(
    TransferRequest(from_user_id=alice, to_user_id=bob, amount="0.01", initiated_by="shop")
)
same("balance after the transfer", transfer.balance.amount, "16777156.95")

# The balance at a time, now and at the purchase.
same("balance now", wallets.get_balance(alice).amount, "16777156.95")
then = wallets.get_balance(alice, at=paid.created_at)
same("balance then", (then.amount, then.version), ("16777116.91", 2))

# The history, three entries a page, newest first.
history, cursor = [], None
while True:
    page = wallets.list_wallet_transactions(alice, limit=3, cursor=cursor)
    history += [(e.type.value, e.amount, e.balance_after, e.version) for e in page.data]
    cursor = page.next_cursor
    if cursor is None:
        break
same(
    "history",
    history,
    [
        ("transfer", "-0.01", "16777156.95", 4),
        ("refund", "40.05", "16777156.96", 3),
        ("purchase", "-100.10", "16777116.91", 2),
        ("deposit", "16777217.01", "16777217.01", 1),
    ],
)

# A batch, each command for itself: the second one is refused.
commands = [
    DepositCommand(type="deposit", user_id=bob, amount="5.00", initiated_by="shop"),
    PurchaseCommand(type="purchase", user_id=bob, amount="1000.00", initiated_by="shop"),
    TransferCommand(
        type="transfer", from_user_id=bob, to_user_id=alice, amount="0.01", initiated_by="shop"
    ),
]
results = money.send_batch(BatchRequest(commands=[Command(c) for c in commands])).results
same("statuses", [r.status for r in results], [201, 422, 201])
first, second, third = (r.body.actual_instance for r in results)
same("balance of bob", first.balance.amount, "5.01")
same("refused", (second.code.value, second.available, second.required), ("insufficient_funds", "5.01", "1000.00"))
same("sent by bob", (third.transaction.type.value, third.balance.amount), ("transfer", "5.00"))

# Refusals with their facts, which the books keep.
refused = problem(
    money.purchase,
    purchase_request=PurchaseRequest(user_id=alice, amount="20000000.00", initiated_by="shop"),
)
same("code", (refused.status, refused.code.value), (422, "insufficient_funds"))
same("facts", (refused.available, refused.required, refused.currency), ("16777156.96", "20000000.00", "USD"))
same("retryable", refused.retryable, False)
kept = transactions.get_transaction(refused.transaction_id).actual_instance
same("kept", (kept.status.value, kept.rejection.code.value), ("rejected", "insufficient_funds"))
same("kept facts", (kept.rejection.available, kept.rejection.required), ("16777156.96", "20000000.00"))
refused = problem(
    money.refund,
    refund_request=RefundRequest(
        user_id=alice, amount="60.06", initiated_by="shop", related_transaction_id=paid.id
    ),
)
same("code", refused.code.value, "refund_exceeds_purchase")
same("facts", (refused.refundable, refused.required), ("60.05", "60.06"))

print(f"{name}: all as it must be")
