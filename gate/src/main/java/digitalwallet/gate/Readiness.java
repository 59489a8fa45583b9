package digitalwallet.gate;

/**
 * Whether a process can do its work now.
 *
 * @param require when the process cannot, throws the exception that tells callers why
 */
public record Readiness(Runnable require) {}
