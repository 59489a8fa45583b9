package digitalwallet.process;

import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * What the framework is told: these properties and nothing else. It would also believe variables,
 * system properties and files in the working directory, and some of them before what we say.
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
        // None of the usual ones.
    }
}
