package digitalwallet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** In a class loader as a packaged process has it: not the system's. */
final class NativeLz4Test {

    @Test
    void the_clients_of_a_packaged_process_get_the_native_code() throws Exception {
        try (var loader = ownLoader()) {
            assertThat(fastest(loader)).contains("JavaSafe");

            var load = loader.loadClass(NativeLz4.class.getName()).getDeclaredMethod("load");
            load.setAccessible(true);
            assertThat(load.invoke(null)).isEqualTo(true);

            assertThat(fastest(loader)).contains("JNI");
        }
    }

    /** As Kafka's client asks. */
    private static String fastest(ClassLoader loader) throws ReflectiveOperationException {
        var factory = loader.loadClass(LZ4Factory.class.getName());
        return String.valueOf(factory.getMethod("fastestInstance").invoke(null));
    }

    private static URLClassLoader ownLoader() throws IOException {
        var places = new URL[] {place(NativeLz4.class), place(LZ4Factory.class)};
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
