-- Whatever refunds of an order look at, through its user: which purchases it has, oldest first, and what was
-- refunded in its name. In lower case, so that an order id in another case is not taken for one unheard of.
CREATE INDEX transaction_by_order_of_user ON transaction
    (user_id, lower(order_id), type, currency, (versions[1]))
    WHERE order_id IS NOT NULL AND rejection_code IS NULL;

-- What a refund drew on.
CREATE INDEX refund_by_transaction ON refund (transaction_id);
