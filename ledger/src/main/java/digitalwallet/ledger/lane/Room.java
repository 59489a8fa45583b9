package digitalwallet.ledger.lane;

import digitalwallet.ledger.Command;
import digitalwallet.ledger.posting.UnitPlan;
import java.util.Collection;

/**
 * Room for the commands that wait or run in an engine, by their number and by the memory they take:
 * bounded, and none once it is closed.
 */
final class Room {

    private int commands;
    private long bytes;
    private boolean closed;

    /**
     * What some commands take.
     *
     * @param bytes of memory, about
     */
    record Load(int commands, long bytes) {

        static final Load NONE = new Load(0, 0);

        /** A command on its way, with all that is made of it, but for its details. */
        private static final int COMMAND_BYTES = 1_024;

        private static final int CHARACTER_BYTES = 2;

        /** What these commands take. */
        static Load of(Collection<Command> commands) {
            long characters = 0;
            for (var command : commands) {
                characters += command.header().details().length();
            }
            return of(commands.size(), characters);
        }

        /** What these commands take, whose details have been measured. */
        static Load of(UnitPlan plan) {
            return of(plan.unit().commands().size(), plan.length());
        }

        private static Load of(int commands, long characters) {
            return new Load(
                    commands, (long) COMMAND_BYTES * commands + CHARACTER_BYTES * characters);
        }

        /** Both together. */
        Load plus(Load other) {
            return new Load(commands + other.commands, bytes + other.bytes);
        }

        /** This without the other, which is a part of it. */
        Load minus(Load other) {
            return new Load(commands - other.commands, bytes - other.bytes);
        }

        /** Of each the larger. */
        Load orMore(Load other) {
            return new Load(Math.max(commands, other.commands), Math.max(bytes, other.bytes));
        }

        /** So many of these fit into it. */
        Load part(int count) {
            return new Load(Math.max(1, commands / count), Math.max(1, bytes / count));
        }

        /** Whether it is more than this, in number or in memory. */
        boolean exceeds(Load most) {
            return commands > most.commands || bytes > most.bytes;
        }
    }

    /** Whether commands may come in. */
    enum Entry {
        TAKEN,
        TOO_MANY,
        TOO_LARGE,
        CLOSED
    }

    /**
     * Takes room for commands; there is none if nothing comes of it.
     *
     * @param most what there may be with them
     */
    synchronized Entry take(Load load, Load most) {
        if (closed) {
            return Entry.CLOSED;
        }
        if (commands + load.commands > most.commands) {
            return Entry.TOO_MANY;
        }
        if (bytes + load.bytes > most.bytes) {
            return Entry.TOO_LARGE;
        }
        commands += load.commands;
        bytes += load.bytes;
        return Entry.TAKEN;
    }

    /** Frees the room of commands that have ended. */
    synchronized void free(Load load) {
        commands -= load.commands;
        bytes -= load.bytes;
    }

    /** How many commands wait or run. */
    synchronized int commands() {
        return commands;
    }

    /** How much memory they take, about, in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** Takes no more commands. */
    synchronized void close() {
        closed = true;
    }
}
