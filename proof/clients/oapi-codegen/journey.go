// A shop's day with the client that oapi-codegen makes for Go.
//
// Usage: journey ADDRESS TOKEN NAME, where the token's role is system and the users' names begin with NAME.
// Ends with an error at the first answer that is not exactly as it must be.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"reflect"

	"journey/wallet"
)

func same(what string, found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		log.Fatalf("%s: %v is not %v", what, found, expected)
	}
}

func must[A any](answer A, err error) A {
	if err != nil {
		log.Fatal(err)
	}
	return answer
}

// there returns what an optional field must hold.
func there[A any](value *A) A {
	if value == nil {
		log.Fatalf("a %T is missing", value)
	}
	return *value
}

func command(fill func(*wallet.Command) error) wallet.Command {
	var command wallet.Command
	if err := fill(&command); err != nil {
		log.Fatal(err)
	}
	return command
}

type entry struct {
	Type                 wallet.TransactionType
	Amount, BalanceAfter string
	Version              int64
}

func main() {
	log.SetFlags(0)
	address, token, name := os.Args[1], os.Args[2], os.Args[3]
	alice, bob := name+"-alice", name+"-bob"
	ctx := context.Background()
	client := must(wallet.NewClientWithResponses(address, wallet.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer "+token)
			return nil
		})))

	// A deposit of more cents than a float32 can count, and the same again with its key.
	bank, key := name+"-bank-1", name+"-deposit"
	request := wallet.DepositRequest{
		UserId: alice, Amount: "16777217.01", InitiatedBy: "shop", BankTransactionId: &bank,
	}
	params := &wallet.DepositParams{IdempotencyKey: &key}
	deposit := there(must(client.DepositWithResponse(ctx, params, request)).JSON201)
	same("deposit", there(deposit.Transaction.Amount), "16777217.01")
	same("status", string(deposit.Transaction.Status), "posted")
	same("balance", deposit.Balance.Amount+deposit.Balance.Currency, "16777217.01USD")
	again := must(client.DepositWithResponse(ctx, params, request))
	same("replayed", again.HTTPResponse.Header.Get("Idempotency-Replayed"), "true")
	same("first answer", there(again.JSON201), deposit)

	order := name + "-order-1"
	purchase := there(must(client.PurchaseWithResponse(ctx, nil, wallet.PurchaseRequest{
		UserId: alice, Amount: "100.10", InitiatedBy: "shop", OrderId: &order,
	})).JSON201)
	same("balance after the purchase", purchase.Balance.Amount, "16777116.91")
	paid := purchase.Transaction
	refund := there(must(client.RefundWithResponse(ctx, nil, wallet.RefundRequest{
		UserId: alice, Amount: "40.05", InitiatedBy: "shop", RelatedTransactionId: &paid.Id,
	})).JSON201)
	same("balance after the refund", refund.Balance.Amount, "16777156.96")
	same("refunded purchase", there(refund.Transaction.RelatedTransactionId), paid.Id)

	there(must(client.OpenWalletWithResponse(ctx, nil, wallet.OpenRequest{UserId: bob})).JSON201)
	transfer := there(must(client.TransferWithResponse(ctx, nil, wallet.TransferRequest{
		FromUserId: alice, ToUserId: bob, Amount: "0.01", InitiatedBy: "shop",
	})).JSON201)
	same("balance after the transfer", transfer.Balance.Amount, "16777156.95")

	// The balance at a time, now and at the purchase.
	now := there(must(client.GetBalanceWithResponse(ctx, alice, nil)).JSON200)
	same("balance now", now.Amount, "16777156.95")
	at := wallet.GetBalanceParams{At: &paid.CreatedAt}
	then := there(must(client.GetBalanceWithResponse(ctx, alice, &at)).JSON200)
	same("balance then", fmt.Sprint(then.Amount, " ", then.Version), "16777116.91 2")

	// The history, three entries a page, newest first.
	var history []entry
	limit := int32(3)
	list := wallet.ListWalletTransactionsParams{Limit: &limit}
	for more := true; more; more = list.Cursor != nil {
		page := there(must(client.ListWalletTransactionsWithResponse(ctx, alice, &list)).JSON200)
		for _, e := range page.Data {
			history = append(history, entry{e.Type, e.Amount, e.BalanceAfter, e.Version})
		}
		list.Cursor = page.NextCursor
	}
	same("history", history, []entry{
		{wallet.TransactionTypeTransfer, "-0.01", "16777156.95", 4},
		{wallet.TransactionTypeRefund, "40.05", "16777156.96", 3},
		{wallet.TransactionTypePurchase, "-100.10", "16777116.91", 2},
		{wallet.TransactionTypeDeposit, "16777217.01", "16777217.01", 1},
	})

	// A batch, each command for itself: the second one is refused.
	batch := wallet.BatchRequest{Commands: []wallet.Command{
		command(func(c *wallet.Command) error {
			return c.FromDepositCommand(wallet.DepositCommand{UserId: bob, Amount: "5.00", InitiatedBy: "shop"})
		}),
		command(func(c *wallet.Command) error {
			return c.FromPurchaseCommand(wallet.PurchaseCommand{UserId: bob, Amount: "1000.00", InitiatedBy: "shop"})
		}),
		command(func(c *wallet.Command) error {
			return c.FromTransferCommand(wallet.TransferCommand{
				FromUserId: bob, ToUserId: alice, Amount: "0.01", InitiatedBy: "shop",
			})
		}),
	}}
	results := there(must(client.SendBatchWithResponse(ctx, nil, batch)).JSON200).Results
	same("statuses", []int32{results[0].Status, results[1].Status, results[2].Status}, []int32{201, 422, 201})
	same("balance of bob", must(results[0].Body.AsBatchPosting()).Balance.Amount, "5.01")
	second := must(results[1].Body.AsProblem())
	same("refused", second.Code, wallet.ProblemCodeInsufficientFunds)
	same("facts", []string{there(second.Available), there(second.Required)}, []string{"5.01", "1000.00"})
	third := must(results[2].Body.AsBatchPosting())
	same("sent by bob", third.Transaction.Type, wallet.TransactionTypeTransfer)
	same("balance of bob", third.Balance.Amount, "5.00")

	// Refusals with their facts, which the books keep.
	poor := there(must(client.PurchaseWithResponse(ctx, nil, wallet.PurchaseRequest{
		UserId: alice, Amount: "20000000.00", InitiatedBy: "shop",
	})).ApplicationproblemJSON422)
	same("status", poor.Status, int32(422))
	same("code", poor.Code, wallet.ProblemCodeInsufficientFunds)
	same("facts", []string{there(poor.Available), there(poor.Required), there(poor.Currency)},
		[]string{"16777156.96", "20000000.00", "USD"})
	same("retryable", poor.Retryable, false)
	found := there(must(client.GetTransactionWithResponse(ctx, there(poor.TransactionId), nil)).JSON200)
	kept := must(found.AsTransaction())
	same("kept", kept.Status, wallet.TransactionStatusRejected)
	rejection := there(kept.Rejection)
	same("kept code", rejection.Code, wallet.RejectionCodeInsufficientFunds)
	same("kept facts", []string{there(rejection.Available), there(rejection.Required)},
		[]string{"16777156.96", "20000000.00"})
	greedy := there(must(client.RefundWithResponse(ctx, nil, wallet.RefundRequest{
		UserId: alice, Amount: "60.06", InitiatedBy: "shop", RelatedTransactionId: &paid.Id,
	})).ApplicationproblemJSON422)
	same("code", greedy.Code, wallet.ProblemCodeRefundExceedsPurchase)
	same("facts", []string{there(greedy.Refundable), there(greedy.Required)}, []string{"60.05", "60.06"})

	fmt.Printf("%s: all as it must be\n", name)
}
