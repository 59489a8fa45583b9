package digitalwallet.ledger.model;

import digitalwallet.ledger.AccountStatus;
import digitalwallet.ledger.TransactionType;
import digitalwallet.ledger.scenario.Wallets.Request;
import digitalwallet.money.CurrencyCode;
import digitalwallet.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a program step by step: the same seed, the same program. */
final class RandomProgram {

    private static final List<CurrencyCode> CURRENCIES =
            List.of(CurrencyCode.of("USD"), CurrencyCode.of("JPY"), CurrencyCode.of("KWD"));
    private static final List<AccountStatus> FREEZES =
            List.of(
                    AccountStatus.FROZEN,
                    AccountStatus.DEBITS_FROZEN,
                    AccountStatus.CREDITS_FROZEN);
    private static final UUID NEVER_MADE = new UUID(0x7000L, 0x8000000000000000L);
    private static final int GROUP_MAX = 6;

    private final Random random;
    private final String scope;
    private final long amountMax;
    private final List<Step> repeatable = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final Map<UUID, Request> payouts = new LinkedHashMap<>();
    private int users = 3;
    private int keys;

    /**
     * @param scope is put before each user, key and bank transaction
     * @param amountMax of the amounts that are sometimes too large, in minor units
     */
    RandomProgram(long seed, String scope, long amountMax) {
        this.random = new Random(seed);
        this.scope = scope;
        this.amountMax = amountMax;
    }

    /** The user who is there first puts in this much. */
    Step firstDeposit(Money amount) {
        var request =
                new Request(
                        TransactionType.DEPOSIT,
                        scope + "u0",
                        null,
                        amount,
                        amount.currency(),
                        null,
                        null,
                        null,
                        null,
                        null);
        return new Step(List.of(request), newIds(1), null);
    }

    Step next() {
        if (oneIn(8) && !repeatable.isEmpty()) {
            return repeat(repeatable.get(random.nextInt(repeatable.size())));
        }
        // Few closed users come back; new ones come in their place.
        users += oneIn(40) ? 1 : 0;
        if (oneIn(80)) {
            return shortLife(scope + "u" + users++);
        }
        boolean group = oneIn(6);
        int size = group ? 2 + random.nextInt(GROUP_MAX - 1) : 1;
        var groupKey = group && oneIn(2) ? newKey() : null;
        var requests = new ArrayList<Request>();
        for (int i = 0; i < size; i++) {
            requests.add(request(groupKey == null && oneIn(3) ? key() : null));
        }
        var step = new Step(requests, newIds(size), groupKey);
        remember(step);
        boolean keyed = groupKey != null || requests.stream().anyMatch(r -> r.key() != null);
        if (keyed) {
            repeatable.add(step);
        }
        return step;
    }

    /** Few users are empty at the moment they are closed: this one is. */
    private Step shortLife(String user) {
        var open = ofUser(TransactionType.OPEN, user, currency(), null, null);
        var close = ofUser(TransactionType.CLOSE, user, null, null, null);
        return new Step(List.of(open, close), newIds(2), null);
    }

    /** The same under its key again, or its beginning, or one of its requests. */
    private Step repeat(Step step) {
        var requests = step.requests();
        int size = requests.size();
        if (size > 1 && oneIn(4)) {
            requests = requests.subList(0, size - 1);
        } else if (size > 1 && oneIn(4)) {
            int index = random.nextInt(size);
            requests = requests.subList(index, index + 1);
        }
        var key = requests.size() == 1 ? null : step.key();
        return new Step(requests, newIds(requests.size()), key);
    }

    private Request request(@Nullable String key) {
        int dice = random.nextInt(100);
        if (dice < 25) {
            return moved(TransactionType.DEPOSIT, key);
        } else if (dice < 29) {
            return moved(TransactionType.WITHDRAW, key);
        } else if (dice < 35) {
            return moved(TransactionType.PAYOUT, key);
        } else if (dice < 55) {
            return moved(TransactionType.PURCHASE, key);
        } else if (dice < 65) {
            return moved(TransactionType.REFUND, key);
        } else if (dice < 70) {
            return end(key);
        } else if (dice < 90) {
            return moved(TransactionType.TRANSFER, key);
        }
        return ofUser(dice, key);
    }

    private void remember(Step step) {
        for (int i = 0; i < step.requests().size(); i++) {
            if (step.requests().get(i).type() == TransactionType.PAYOUT) {
                payouts.put(step.ids().get(i), step.requests().get(i));
            }
        }
    }

    /** Of one of the latest payouts, or of what is none. */
    private Request end(@Nullable String key) {
        var latest = List.copyOf(payouts.keySet());
        int recent = Math.min(latest.size(), 10);
        var id =
                recent == 0 || oneIn(15)
                        ? transaction()
                        : latest.get(latest.size() - 1 - random.nextInt(recent));
        var payout = payouts.get(id);
        var currency = payout == null ? currency() : payout.currency();
        return new Request(
                oneIn(2) ? TransactionType.SETTLEMENT : TransactionType.REVERSAL,
                payout == null || oneIn(20) ? user() : payout.userId(),
                null,
                payout == null || currency == null ? amount(currency()) : payout.amount(),
                currency,
                key,
                null,
                null,
                id,
                null);
    }

    private Request moved(TransactionType type, @Nullable String key) {
        boolean transfer = type == TransactionType.TRANSFER;
        boolean refund = type == TransactionType.REFUND;
        boolean bank = type == TransactionType.DEPOSIT && oneIn(4);
        boolean order = (refund || type == TransactionType.PURCHASE) && oneIn(2);
        var currency = currency();
        return new Request(
                type,
                user(),
                transfer ? user() : null,
                amount(currency),
                currency,
                key,
                order ? order() : null,
                bank ? scope + "b" + random.nextInt(200) : null,
                refund && oneIn(2) ? transaction() : null,
                null);
    }

    /** Now and then in another case. */
    private String order() {
        return (oneIn(8) ? "O" : "o") + random.nextInt(4);
    }

    private Request ofUser(int dice, @Nullable String key) {
        if (dice < 94) {
            return ofUser(TransactionType.OPEN, user(), currency(), null, key);
        } else if (dice < 96) {
            var frozen = FREEZES.get(random.nextInt(FREEZES.size()));
            return ofUser(TransactionType.FREEZE, user(), null, frozen, key);
        }
        if (dice == 98 && oneIn(2)) {
            return ofUser(TransactionType.REOPEN, user(), null, null, key);
        }
        var type = dice < 99 ? TransactionType.UNFREEZE : TransactionType.CLOSE;
        return ofUser(type, user(), null, null, key);
    }

    private static Request ofUser(
            TransactionType type,
            String user,
            @Nullable CurrencyCode currency,
            @Nullable AccountStatus frozen,
            @Nullable String key) {
        return new Request(type, user, null, null, currency, key, null, null, null, frozen);
    }

    private Money amount(CurrencyCode currency) {
        if (oneIn(50)) {
            return new Money(amountMax - 50 + random.nextInt(100), currency);
        }
        return new Money(1 + random.nextInt(oneIn(3) ? 1_000 : 30), currency);
    }

    private UUID transaction() {
        if (ids.isEmpty() || oneIn(20)) {
            return NEVER_MADE;
        }
        int recent = Math.min(ids.size(), 40);
        return ids.get(ids.size() - 1 - random.nextInt(recent));
    }

    private List<UUID> newIds(int count) {
        var made = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            long high = (random.nextLong() & ~0xF000L) | 0x7000L;
            made.add(new UUID(high, (random.nextLong() >>> 2) | 0x8000000000000000L));
        }
        ids.addAll(made);
        return made;
    }

    private String user() {
        int newest = Math.min(users, 6);
        return scope + "u" + (users - 1 - random.nextInt(newest));
    }

    private CurrencyCode currency() {
        return oneIn(3) ? CURRENCIES.get(random.nextInt(3)) : CURRENCIES.getFirst();
    }

    private String key() {
        return keys > 0 && oneIn(15) ? scope + "k" + random.nextInt(keys) : newKey();
    }

    private String newKey() {
        return scope + "k" + keys++;
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }
}
