package digitalwallet.gate;

/**
 * Whether a process can do its work now.
 *
 * @param require throws what callers are to be told when it cannot
 */
public record Readiness(Runnable require) {}
