package digitalwallet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayProxyTest {

    @Test
    void everything_arrives_in_order_and_the_end_as_well() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var proxy = DelayProxy.to(listener.getLocalPort(), Duration.ofMillis(1));
                var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                var server = listener.accept()) {
            for (int i = 0; i < 100; i++) {
                client.getOutputStream().write(i);
                assertThat(server.getInputStream().read()).isEqualTo(i);
                server.getOutputStream().write(i + 1);
                assertThat(client.getInputStream().read()).isEqualTo(i + 1);
            }
            client.shutdownOutput();
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
    }
}
