package digitalwallet.bench.soak;

import digitalwallet.bench.load.LocalWallet;

/**
 * What is attacked.
 *
 * @param command the path of a command there, which takes 64 KiB
 */
record Target(String name, Wire api, Wire metrics, String command, LocalWallet wallet) {

    static Target wallet(LocalWallet wallet) {
        var running = wallet.running();
        return new Target(
                "wallet",
                new Wire(wallet.port()),
                new Wire(running.managementPort()),
                "/withdraw",
                wallet);
    }

    static Target payments(LocalWallet wallet) {
        var running = wallet.running();
        return new Target(
                "payments",
                new Wire(wallet.paymentsPort()),
                new Wire(running.paymentsManagementPort()),
                "/payments/top-ups",
                wallet);
    }

    boolean isWallet() {
        return name.equals("wallet");
    }

    /** A request without a body. */
    String request(String line, String headers) {
        return line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n";
    }

    /** A request with this body. */
    String post(String path, String token, String body) {
        return head(path, token, "", body.length()) + body;
    }

    /**
     * The head of one whose body has this length.
     *
     * @param headers further ones, each with its line's end
     */
    String head(String path, String token, String headers, int length) {
        return request(
                "POST " + path,
                "Authorization: Bearer "
                        + token
                        + "\r\n"
                        + headers
                        + "Content-Type: application/json\r\nContent-Length: "
                        + length
                        + "\r\n");
    }
}
