package digitalwallet.local.command;

import digitalwallet.local.folder.DataFolder;
import digitalwallet.local.supervise.Child;
import digitalwallet.local.supervise.KafkaChild;
import java.util.List;
import java.util.Map;

/** Which Kafka the wallet works with, if any. */
sealed interface Broker {

    String BOOTSTRAP = "WALLET_KAFKA_BOOTSTRAP";

    record None() implements Broker {}

    /** The broker that the launcher starts. */
    record Embedded(KafkaChild child) implements Broker {}

    /**
     * A broker that others run.
     *
     * @param addresses of some of its brokers, with commas between them
     */
    record External(String addresses) implements Broker {}

    /**
     * The broker that the environment names, where an empty address means none; otherwise an
     * embedded one.
     */
    static Broker wanted(Map<String, String> environment, DataFolder folder) {
        var bootstrap = environment.get(BOOTSTRAP);
        if (bootstrap == null) {
            return new Embedded(new KafkaChild(folder));
        }
        return bootstrap.isBlank() ? new None() : new External(bootstrap.strip());
    }

    /** The children that make it run. */
    default List<Child> children() {
        return this instanceof Embedded(var child) ? List.of(child) : List.of();
    }

    /** Where clients connect to, once it has been started; empty when there is none. */
    default String bootstrap() {
        return switch (this) {
            case None() -> "";
            case Embedded(var child) -> child.bootstrap();
            case External(var addresses) -> addresses;
        };
    }
}
