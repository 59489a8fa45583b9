package digitalwallet.server.request;

import digitalwallet.gate.permission.Denied;
import digitalwallet.gate.problem.ItemProblem;
import digitalwallet.gate.problem.ProblemCode;
import digitalwallet.gate.problem.ProblemException;
import digitalwallet.gate.token.Caller;
import digitalwallet.json.Json;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.request.CommandBatch.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the commands of one batch, each with its key. */
public final class BatchReader {

    /** Of one batch. */
    public static final int COMMANDS_MAX = 1_000;

    /** So many malformed commands are named in one answer. */
    private static final int NAMED_MAX = 20;

    private final CommandReader reader;
    private final boolean keysRequired;

    /**
     * A reader of batches.
     *
     * @param keysRequired whether money verbs need a key
     */
    public BatchReader(CommandReader reader, boolean keysRequired) {
        this.reader = reader;
        this.keysRequired = keysRequired;
    }

    /**
     * Reads a batch all of whose commands must be well-formed.
     *
     * @param key the caller's, over all of it; null when there is none
     * @param ids takes the id of a command's transaction from its fields, or makes one
     * @throws ProblemException when any command is malformed or not allowed; its fact {@code index}
     *     says which is the first, and {@code malformed} names the others, too
     */
    public CommandBatch read(
            Map<String, Json.Value> fields,
            Caller caller,
            @Nullable String key,
            Function<Map<String, Json.Value>, UUID> ids) {
        if (fields.containsKey(Field.PARTIAL.word())) {
            throw ProblemException.ofField(
                    ProblemCode.UNKNOWN_FIELD,
                    "partial",
                    "partial is for requests, a message is processed as a whole: leave it out");
        }
        var batch = readSome(fields, caller, key, ids);
        return batch.malformed().isEmpty() ? batch : refuse(batch.malformed());
    }

    /**
     * Reads a batch whose fields may say that its malformed commands are left out.
     *
     * @throws ProblemException as {@link #read}, unless they say so and a command is left
     */
    public CommandBatch readPartly(
            Map<String, Json.Value> fields,
            Caller caller,
            @Nullable String key,
            Function<Map<String, Json.Value>, UUID> ids) {
        boolean partial = flag(fields, Field.PARTIAL);
        var batch = readSome(fields, caller, key, ids);
        if (partial && batch.atomic()) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_FIELD,
                    "partial",
                    "partial is true, but an atomic batch is posted as a whole: leave one of them"
                            + " out");
        }
        boolean goesOn = batch.malformed().isEmpty() || (partial && !batch.items().isEmpty());
        return goesOn ? batch : refuse(batch.malformed());
    }

    private CommandBatch readSome(
            Map<String, Json.Value> fields,
            Caller caller,
            @Nullable String key,
            Function<Map<String, Json.Value>, UUID> ids) {
        Form.BATCH.check(fields);
        boolean atomic = flag(fields, Field.ATOMIC);
        var given = items(fields.get(Field.COMMANDS.word()), atomic);
        var items = new ArrayList<Item>(given.size());
        var malformed = new ArrayList<ItemProblem>(0);
        for (int i = 0; i < given.size(); i++) {
            try {
                items.add(item(given.get(i), key != null, caller, ids));
            } catch (ProblemException e) {
                malformed.add(new ItemProblem(i, e));
            } catch (Denied e) {
                malformed.add(new ItemProblem(i, ProblemException.of(e)));
            }
        }
        var keyed = key == null ? items : covered(items, atomic, caller, key);
        return new CommandBatch(atomic, key, keyed, malformed);
    }

    private static CommandBatch refuse(List<ItemProblem> malformed) {
        var first = malformed.getFirst();
        Map<String, Object> facts = new LinkedHashMap<>(first.problem().facts());
        facts.put("index", first.index());
        facts.put("malformed_count", malformed.size());
        facts.put(
                "malformed",
                List.copyOf(malformed.subList(0, Math.min(NAMED_MAX, malformed.size()))));
        throw new ProblemException(first.problem().code(), first.problem().detail(), facts);
    }

    private static boolean flag(Map<String, Json.Value> fields, Field field) {
        return switch (fields.get(field.word())) {
            case null -> false;
            case Json.Nothing _ -> false;
            case Json.Flag(var flag) -> flag;
            case Json.Text _, Json.Numeral _, Json.Items _, Json.Members _ ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_FIELD,
                            field.word(),
                            field.word() + " is neither true nor false: send one of them");
        };
    }

    private static List<Json.Value> items(Json.@Nullable Value value, boolean atomic) {
        if (!(value instanceof Json.Items(var items)) || items.isEmpty()) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_FIELD,
                    "commands",
                    "commands is no list, or an empty one: send at least one command");
        }
        int max = atomic ? PostingEngine.GROUP_COMMANDS_MAX : COMMANDS_MAX;
        if (items.size() > max) {
            throw ProblemException.ofField(
                    WalletProblem.TOO_MANY_COMMANDS,
                    "commands",
                    "commands are too many: send at most " + max + " in such a batch");
        }
        return items;
    }

    private Item item(
            Json.Value given,
            boolean covered,
            Caller caller,
            Function<Map<String, Json.Value>, UUID> ids) {
        if (!(given instanceof Json.Members(var members))) {
            throw new ProblemException(
                    ProblemCode.INVALID_FIELD, "a command is no object: send its fields in one");
        }
        var fields = new LinkedHashMap<>(members);
        var id = ids.apply(fields);
        var request = Request.of(fields);
        if (request.key() != null && covered) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "idempotency_key",
                    "idempotency_key is given, but the header's key covers all commands: send one"
                            + " of the two");
        }
        if (keysRequired && !covered) {
            request.requireKey();
        }
        return new Item(reader.read(request, caller, id), request);
    }

    /**
     * The commands under the key that covers them all; another batch under it is another request.
     * What is malformed is no part of it: the same commands without it are the same request.
     */
    private static List<Item> covered(List<Item> items, boolean atomic, Caller caller, String key) {
        var digest = new Digest().text(atomic ? "atomic" : "batch").number(items.size());
        items.forEach(item -> digest.id(item.command().fingerprint()));
        var fingerprint = digest.toId();
        var covered = new ArrayList<Item>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var under = IdempotencyKey.ofBatch(caller.id(), key, i, fingerprint);
            var item = items.get(i);
            covered.add(new Item(item.command().withKey(under), item.request()));
        }
        return covered;
    }
}
