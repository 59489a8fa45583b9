package digitalwallet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the framework is told, and what it does not hear. */
final class OwnPropertiesTest {

    @Test
    void the_framework_knows_our_properties_and_no_others() {
        var own = OwnProperties.of(Map.of("server.port", 8080));
        assertThat(own.getProperty("server.port")).isEqualTo("8080");
        assertThat(own.getPropertySources()).hasSize(1);
        assertThat(own.getProperty("java.version")).isNull();
        assertThat(own.getProperty("PATH")).isNull();
    }
}
