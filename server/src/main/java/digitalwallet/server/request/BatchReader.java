package digitalwallet.server.request;

import digitalwallet.json.Json;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.security.Caller;
import digitalwallet.server.security.Denied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the commands of one batch, each with its key. */
public final class BatchReader {

    private static final int COMMANDS_MAX = 1_000;

    private final CommandReader reader;
    private final boolean keysRequired;

    /**
     * Commands that came together.
     *
     * @param atomic whether all are posted or none
     * @param covered whether one key of the caller covers the whole batch
     */
    public record CommandBatch(boolean atomic, boolean covered, List<Command> commands) {}

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
     * Reads a batch.
     *
     * @param key the caller's, over all of it; null when there is none
     * @param ids takes the id that a command becomes from its fields, or makes one
     * @throws ProblemException when any command is malformed or not allowed; its fact {@code index}
     *     says which
     */
    public CommandBatch read(
            Map<String, Json.Value> fields,
            Caller caller,
            @Nullable String key,
            Function<Map<String, Json.Value>, UUID> ids) {
        Form.BATCH.check(fields);
        boolean atomic = atomic(fields.get(Field.ATOMIC.word()));
        var items = items(fields.get(Field.COMMANDS.word()), atomic);
        var commands = new ArrayList<Command>(items.size());
        for (int i = 0; i < items.size(); i++) {
            try {
                commands.add(command(items.get(i), key != null, caller, ids));
            } catch (ProblemException e) {
                throw at(i, e);
            } catch (Denied e) {
                throw at(i, ProblemException.of(e));
            }
        }
        return key == null
                ? new CommandBatch(atomic, false, commands)
                : new CommandBatch(atomic, true, covered(commands, atomic, caller, key));
    }

    private static boolean atomic(Json.@Nullable Value value) {
        return switch (value) {
            case null -> false;
            case Json.Nothing _ -> false;
            case Json.Flag(var flag) -> flag;
            case Json.Text _, Json.Numeral _, Json.Items _, Json.Members _ ->
                    throw ProblemException.ofField(
                            ProblemCode.INVALID_FIELD, "atomic", "atomic is true or false");
        };
    }

    private static List<Json.Value> items(Json.@Nullable Value value, boolean atomic) {
        if (!(value instanceof Json.Items(var items)) || items.isEmpty()) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_FIELD, "commands", "commands is a list of commands");
        }
        int max = atomic ? PostingEngine.GROUP_COMMANDS_MAX : COMMANDS_MAX;
        if (items.size() > max) {
            throw ProblemException.ofField(
                    ProblemCode.TOO_MANY_COMMANDS,
                    "commands",
                    "such a batch has at most " + max + " commands");
        }
        return items;
    }

    private Command command(
            Json.Value item,
            boolean covered,
            Caller caller,
            Function<Map<String, Json.Value>, UUID> ids) {
        if (!(item instanceof Json.Members(var given))) {
            throw new ProblemException(ProblemCode.INVALID_FIELD, "a command is an object");
        }
        var fields = new LinkedHashMap<>(given);
        var id = ids.apply(fields);
        var type = Types.take(fields);
        var key = Fields.takeKey(fields);
        if (key != null && covered) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "idempotency_key",
                    "the header's key covers all commands already");
        }
        if (key == null && !covered && keysRequired) {
            Types.requireNoMoney(type);
        }
        return reader.read(type, fields, caller, id, key);
    }

    /**
     * The commands under the key that covers them all; another batch under it is another request.
     */
    private static List<Command> covered(
            List<Command> commands, boolean atomic, Caller caller, String key) {
        var digest = new Digest().text(atomic ? "atomic" : "batch").number(commands.size());
        commands.forEach(command -> digest.id(command.fingerprint()));
        var fingerprint = digest.toId();
        var covered = new ArrayList<Command>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            covered.add(
                    commands.get(i)
                            .withKey(IdempotencyKey.ofBatch(caller.id(), key, i, fingerprint)));
        }
        return covered;
    }

    private static ProblemException at(int index, ProblemException e) {
        Map<String, Object> facts = new LinkedHashMap<>(e.facts());
        facts.put("index", index);
        return new ProblemException(e.code(), e.detail(), facts);
    }
}
