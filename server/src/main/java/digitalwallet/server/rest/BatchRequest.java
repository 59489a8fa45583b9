package digitalwallet.server.rest;

import com.github.f4b6a3.uuid.UuidCreator;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.Digest;
import digitalwallet.ledger.IdempotencyKey;
import digitalwallet.ledger.lane.PostingEngine;
import digitalwallet.server.security.Denied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one batch, each with its key.
 *
 * @param atomic whether all are posted or none
 * @param covered whether one key of the caller covers the whole batch
 */
record BatchRequest(boolean atomic, boolean covered, List<Command> commands) {

    private static final int COMMANDS_MAX = 1_000;

    /**
     * Reads the batch in the call's body.
     *
     * @throws ProblemException when any command is malformed or not allowed; its fact {@code index}
     *     says which
     */
    static BatchRequest read(Call call, CommandReader reader, RestSettings settings) {
        var fields = call.batchBody();
        Form.BATCH.check(fields);
        boolean atomic = atomic(fields.get(Field.ATOMIC.word()));
        var items = items(fields.get(Field.COMMANDS.word()), atomic);
        var header = Headers.idempotencyKey(call.request());
        var commands = new ArrayList<Command>(items.size());
        for (int i = 0; i < items.size(); i++) {
            try {
                commands.add(command(items.get(i), header != null, call, reader, settings));
            } catch (ProblemException e) {
                throw at(i, e);
            } catch (Denied e) {
                throw at(i, ProblemResolver.denied(e));
            }
        }
        return header == null
                ? new BatchRequest(atomic, false, commands)
                : new BatchRequest(atomic, true, covered(commands, atomic, call, header));
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

    private static Command command(
            Json.Value item,
            boolean covered,
            Call call,
            CommandReader reader,
            RestSettings settings) {
        if (!(item instanceof Json.Members(var members))) {
            throw new ProblemException(ProblemCode.INVALID_FIELD, "a command is an object");
        }
        var own = new Fields(members);
        var word = own.optionalWord(Field.TYPE);
        if (word == null) {
            throw ProblemException.ofField(ProblemCode.MISSING_FIELD, "type", "type is missing");
        }
        var type = Types.find(word, ProblemCode.INVALID_FIELD);
        var key = own.optionalWord(Field.IDEMPOTENCY_KEY);
        if (key != null && covered) {
            throw ProblemException.ofField(
                    ProblemCode.INVALID_IDEMPOTENCY_KEY,
                    "idempotency_key",
                    "the header's key covers all commands already");
        }
        if (key == null && !covered) {
            Posting.requireNoKey(type, settings);
        }
        members.remove(Field.TYPE.word());
        members.remove(Field.IDEMPOTENCY_KEY.word());
        var command = reader.read(type, members, call.caller(), UuidCreator.getTimeOrderedEpoch());
        return key == null
                ? command
                : command.withKey(
                        IdempotencyKey.of(
                                call.caller().id(),
                                Headers.checkedKey(key),
                                command.fingerprint()));
    }

    /**
     * The commands under the key that covers them all; another batch under it is another request.
     */
    private static List<Command> covered(
            List<Command> commands, boolean atomic, Call call, String key) {
        var digest = new Digest().text(atomic ? "atomic" : "batch").number(commands.size());
        commands.forEach(command -> digest.id(command.fingerprint()));
        var fingerprint = digest.toId();
        var covered = new ArrayList<Command>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            covered.add(
                    commands.get(i)
                            .withKey(
                                    IdempotencyKey.ofBatch(
                                            call.caller().id(), key, i, fingerprint)));
        }
        return covered;
    }

    private static ProblemException at(int index, ProblemException e) {
        Map<String, Object> facts = new LinkedHashMap<>(e.facts());
        facts.put("index", index);
        return new ProblemException(e.code(), e.detail(), facts);
    }
}
