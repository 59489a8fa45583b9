package digitalwallet.server.answer;

import digitalwallet.gate.answer.Answer;
import digitalwallet.gate.problem.ItemProblem;
import digitalwallet.ledger.Command;
import digitalwallet.ledger.TransactionType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What is answered about commands that are queued. */
public final class QueuedAnswer {

    private static final int ACCEPTED = 202;

    private QueuedAnswer() {}

    /**
     * One command has been queued.
     *
     * @param token where the command stands, for a caller who asks later
     */
    public static Answer of(Command command, String token) {
        return queued(command.type().word(), command, token, json -> writeOne(json, command));
    }

    /**
     * A batch has been queued.
     *
     * @param commands at least one
     * @param malformed what is not queued, because it is no command
     * @param token where the batch stands, for a caller who asks later
     */
    public static Answer of(List<Command> commands, List<ItemProblem> malformed, String token) {
        return queued(
                "batch",
                commands.getFirst(),
                token,
                json -> {
                    writeAll(json, commands);
                    if (!malformed.isEmpty()) {
                        json.writeArrayPropertyStart("malformed");
                        malformed.forEach(each -> each.write(json));
                        json.writeEndArray();
                    }
                });
    }

    /** The command with this id is still queued. */
    public static Answer still(UUID id) {
        return Answer.ok(json -> writeQueued(json, id));
    }

    private static void writeQueued(JsonGenerator json, UUID id) {
        json.writeStartObject();
        json.writeStringProperty("id", id.toString());
        json.writeStringProperty("status", "queued");
        json.writeEndObject();
    }

    private static Answer queued(
            String what, Command first, String token, Consumer<JsonGenerator> transactions) {
        return new Answer(
                ACCEPTED,
                Answer.JSON,
                Map.of(
                        "Location",
                        "/transactions/" + first.id() + "?queued=" + token,
                        "Preference-Applied",
                        "respond-async"),
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("message", what + " queued");
                    transactions.accept(json);
                    json.writeEndObject();
                });
    }

    private static void writeOne(JsonGenerator json, Command command) {
        json.writeName("transaction");
        write(json, command);
    }

    private static void writeAll(JsonGenerator json, List<Command> commands) {
        json.writeArrayPropertyStart("transactions");
        commands.forEach(command -> write(json, command));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Command command) {
        json.writeStartObject();
        json.writeStringProperty("id", command.id().toString());
        json.writeStringProperty("type", command.type().word());
        json.writeStringProperty("status", "queued");
        var amount = command.movedAmount();
        if (amount != null) {
            TransactionJson.writeMoney(json, amount);
        }
        json.writeStringProperty(
                command.type() == TransactionType.TRANSFER ? "from_user_id" : "user_id",
                command.user());
        json.writeStringProperty("initiated_by", command.header().initiator().initiatedBy());
        json.writeEndObject();
    }
}
