package digitalwallet.local.supervise;

import digitalwallet.local.LocalFailure;

/** One supervised process, or a family of processes that live and die together. */
public interface Child {

    /** What people call it. */
    String name();

    /**
     * Starts it, after having ended what an earlier launcher left of it. Need not wait until it is
     * ready.
     *
     * @throws LocalFailure when it cannot start
     */
    void start();

    boolean isAlive();

    /** Whether it does its work by now; asked only while it is alive. */
    boolean isReady();

    /** Why it died or does not get ready, if it said so itself: a part of a sentence. */
    String lastWords();

    /** Ends it in order, or by force if that takes too long; does nothing when it is dead. */
    void stop();
}
