package digitalwallet.server.rest;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the books may be used at all.
 *
 * @param reason a sentence why they may not, or null
 */
public record StandingStill(Supplier<@Nullable String> reason) {}
