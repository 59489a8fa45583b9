package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;

/** One supervised process, or a family of processes that live and die together. */
public interface Child {

    /** Its name, for people. */
    String name();

    /**
     * Ends what an earlier launcher left of it, then starts it. It need not wait until the child is
     * ready.
     *
     * @throws LocalFailure when it cannot start
     */
    void start();

    boolean isAlive();

    /** Whether it does its work now; asked only while it is alive. */
    boolean isReady();

    /** Why it died or does not get ready, as part of a sentence, if it said so itself. */
    String lastWords();

    /** Ends it in order, or by force if that takes too long; does nothing when it is dead. */
    void stop();
}
