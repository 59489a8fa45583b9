package digitalwallet.process;

import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * The framework reads these properties and nothing else. Otherwise it would also read variables,
 * system properties and files in the working directory, and prefer some of them to ours.
 */
final class OwnProperties extends StandardServletEnvironment {

    private OwnProperties() {}

    static OwnProperties of(Map<String, Object> properties) {
        var own = new OwnProperties();
        own.getPropertySources().addFirst(new MapPropertySource("own", properties));
        return own;
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // Adds none of the usual sources of properties.
    }
}
