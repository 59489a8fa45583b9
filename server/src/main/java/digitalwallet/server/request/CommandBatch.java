package digitalwallet.server.request;

import digitalwallet.gate.problem.ItemProblem;
import digitalwallet.ledger.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that came together.
 *
 * @param atomic whether all are posted or none
 * @param key the caller's, over all of it; null when there is none
 * @param items at least one
 * @param malformed what was sent beside the items and is no command, by its place in the request
 */
public record CommandBatch(
        boolean atomic, @Nullable String key, List<Item> items, List<ItemProblem> malformed) {

    /** One command, and the request that asked for it. */
    public record Item(Command command, Request request) {}

    /** Copies the lists. */
    public CommandBatch {
        items = List.copyOf(items);
        malformed = List.copyOf(malformed);
    }

    /** Whether one key of the caller covers the whole batch. */
    public boolean isCovered() {
        return key != null;
    }

    /** The commands, in order. */
    public List<Command> commands() {
        return items.stream().map(Item::command).toList();
    }
}
