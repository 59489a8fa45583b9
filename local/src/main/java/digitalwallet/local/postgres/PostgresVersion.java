package digitalwallet.local.postgres;

import java.util.List;

/**
 * The PostgreSQL versions that come with the wallet: 18 to run it, 15 because it is the oldest one
 * supported.
 */
public enum PostgresVersion {
    V18(18),
    V15(15);

    private final int major;

    PostgresVersion(int major) {
        this.major = major;
    }

    int major() {
        return major;
    }

    List<String> localeArguments() {
        return switch (this) {
            case V18 ->
                    List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");
            case V15 -> List.of("--locale=C");
        };
    }
}
