// A shop's day with the client that openapi-generator makes for Go.
//
// Usage: journey ADDRESS TOKEN NAME, where the token's role is system and the users' names begin with NAME.
// Ends with an error at the first answer that is not exactly as it must be.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"reflect"

	"journey/wallet"
)

func same(what string, found, expected any) {
	if !reflect.DeepEqual(found, expected) {
		log.Fatalf("%s: %v is not %v", what, found, expected)
	}
}

func must[A, R any](answer A, _ R, err error) A {
	if err != nil {
		var refused *wallet.GenericOpenAPIError
		if errors.As(err, &refused) {
			log.Fatalf("%v: %s", err, refused.Body())
		}
		log.Fatal(err)
	}
	return answer
}

// problemIn returns the problem document with which the wallet refuses a call.
func problemIn[A, R any](_ A, _ R, err error) wallet.Problem {
	var refused *wallet.GenericOpenAPIError
	if !errors.As(err, &refused) {
		log.Fatalf("the wallet takes what it must refuse: %v", err)
	}
	return refused.Model().(wallet.Problem)
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
	configuration := wallet.NewConfiguration()
	configuration.Servers = wallet.ServerConfigurations{{URL: address}}
	client := wallet.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), wallet.ContextAccessToken, token)

	// A deposit of more cents than a float32 can count, and the same again with its key.
	request := wallet.NewDepositRequest(alice, "16777217.01", "shop")
	request.SetBankTransactionId(name + "-bank-1")
	send := client.MoneyAPI.Deposit(ctx).DepositRequest(*request).IdempotencyKey(name + "-deposit")
	deposit := must(send.Execute())
	same("deposit", deposit.Transaction.GetAmount(), "16777217.01")
	same("status", deposit.Transaction.Status, "posted")
	same("balance", deposit.Balance.Amount+deposit.Balance.Currency, "16777217.01USD")
	again, response, err := send.Execute()
	must(again, response, err)
	same("replayed", response.Header.Get("Idempotency-Replayed"), "true")
	same("first answer", again, deposit)

	buy := wallet.NewPurchaseRequest(alice, "100.10", "shop")
	buy.SetOrderId(name + "-order-1")
	purchase := must(client.MoneyAPI.Purchase(ctx).PurchaseRequest(*buy).Execute())
	same("balance after the purchase", purchase.Balance.Amount, "16777116.91")
	paid := purchase.Transaction
	giveBack := wallet.NewRefundRequest(alice, "40.05", "shop")
	giveBack.SetRelatedTransactionId(paid.Id)
	refund := must(client.MoneyAPI.Refund(ctx).RefundRequest(*giveBack).Execute())
	same("balance after the refund", refund.Balance.Amount, "16777156.96")
	same("refunded purchase", refund.Transaction.GetRelatedTransactionId(), paid.Id)

	must(client.WalletsAPI.OpenWallet(ctx).OpenRequest(*wallet.NewOpenRequest(bob)).Execute())
	give := wallet.NewTransferRequest(alice, bob, "0.01", "shop")
	transfer := must(client.MoneyAPI.Transfer(ctx).TransferRequest(*give).Execute())
	same("balance after the transfer", transfer.Balance.Amount, "16777156.95")

	// The balance at a time, now and at the purchase.
	now := must(client.WalletsAPI.GetBalance(ctx, alice).Execute())
	same("balance now", now.Amount, "16777156.95")
	then := must(client.WalletsAPI.GetBalance(ctx, alice).At(paid.CreatedAt).Execute())
	same("balance then", fmt.Sprint(then.Amount, " ", then.Version), "16777116.91 2")

	// The history, three entries a page, newest first.
	var history []entry
	list := client.WalletsAPI.ListWalletTransactions(ctx, alice).Limit(3)
	for {
		page := must(list.Execute())
		for _, e := range page.Data {
			history = append(history, entry{e.Type, e.Amount, e.BalanceAfter, e.Version})
		}
		cursor, _ := page.GetNextCursorOk()
		if cursor == nil {
			break
		}
		list = list.Cursor(*cursor)
	}
	same("history", history, []entry{
		{wallet.TRANSACTIONTYPE_TRANSFER, "-0.01", "16777156.95", 4},
		{wallet.TRANSACTIONTYPE_REFUND, "40.05", "16777156.96", 3},
		{wallet.TRANSACTIONTYPE_PURCHASE, "-100.10", "16777116.91", 2},
		{wallet.TRANSACTIONTYPE_DEPOSIT, "16777217.01", "16777217.01", 1},
	})

	// A batch, each command for itself: the second one is refused.
	batch := wallet.NewBatchRequest([]wallet.Command{
		wallet.DepositCommandAsCommand(wallet.NewDepositCommand("deposit", bob, "5.00", "shop")),
		wallet.PurchaseCommandAsCommand(wallet.NewPurchaseCommand("purchase", bob, "1000.00", "shop")),
		wallet.TransferCommandAsCommand(wallet.NewTransferCommand("transfer", bob, alice, "0.01", "shop")),
	})
	results := must(client.MoneyAPI.SendBatch(ctx).BatchRequest(*batch).Execute()).Results
	same("statuses", []int32{results[0].Status, results[1].Status, results[2].Status}, []int32{201, 422, 201})
	same("balance of bob", results[0].Body.BatchPosting.Balance.Amount, "5.01")
	second := results[1].Body.Problem
	same("refused", second.Code, wallet.PROBLEMCODE_INSUFFICIENT_FUNDS)
	same("facts", []string{second.GetAvailable(), second.GetRequired()}, []string{"5.01", "1000.00"})
	third := results[2].Body.BatchPosting
	same("sent by bob", third.Transaction.Type, wallet.TRANSACTIONTYPE_TRANSFER)
	same("balance of bob", third.Balance.Amount, "5.00")

	// Refusals with their facts, which the books keep.
	tooMuch := wallet.NewPurchaseRequest(alice, "20000000.00", "shop")
	poor := problemIn(client.MoneyAPI.Purchase(ctx).PurchaseRequest(*tooMuch).Execute())
	same("status", poor.Status, int32(422))
	same("code", poor.Code, wallet.PROBLEMCODE_INSUFFICIENT_FUNDS)
	same("facts", []string{poor.GetAvailable(), poor.GetRequired(), poor.GetCurrency()},
		[]string{"16777156.96", "20000000.00", "USD"})
	same("retryable", poor.Retryable, false)
	kept := must(client.TransactionsAPI.GetTransaction(ctx, poor.GetTransactionId()).Execute()).Transaction
	same("kept", kept.Status, wallet.TRANSACTIONSTATUS_REJECTED)
	same("kept code", kept.Rejection.Code, wallet.REJECTIONCODE_INSUFFICIENT_FUNDS)
	same("kept facts", []string{kept.Rejection.GetAvailable(), kept.Rejection.GetRequired()},
		[]string{"16777156.96", "20000000.00"})
	tooMuchBack := wallet.NewRefundRequest(alice, "60.06", "shop")
	tooMuchBack.SetRelatedTransactionId(paid.Id)
	greedy := problemIn(client.MoneyAPI.Refund(ctx).RefundRequest(*tooMuchBack).Execute())
	same("code", greedy.Code, wallet.PROBLEMCODE_REFUND_EXCEEDS_PURCHASE)
	same("facts", []string{greedy.GetRefundable(), greedy.GetRequired()}, []string{"60.05", "60.06"})

	fmt.Printf("%s: all as it must be\n", name)
}
