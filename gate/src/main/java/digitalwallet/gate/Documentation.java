package digitalwallet.gate;

/**
 * Where the process has the document of its API.
 *
 * @param resource on the class path, in YAML
 * @param title what the process is called, as the document says it: plain words, no markup
 */
public record Documentation(String resource, String title) {}
