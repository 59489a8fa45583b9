package digitalwallet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Ports for those who listen a while later. */
final class FreePortTest {

    @Test
    void several_are_different_and_none_is_one_that_an_outgoing_connection_gets() {
        assertThat(FreePort.several(500))
                .doesNotHaveDuplicates()
                .allMatch(FreePort::isFree)
                .allMatch(port -> port < 32_768);
    }

    @Test
    void a_port_that_somebody_listens_on_is_not_free() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.isFree(socket.getLocalPort())).isFalse();
        }
    }
}
