package digitalwallet.gate;

/**
 * Where the process has the document of its API.
 *
 * @param resource on the class path, in YAML
 */
public record Documentation(String resource) {}
