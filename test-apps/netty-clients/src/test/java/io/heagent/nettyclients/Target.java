package io.heagent.nettyclients;

import java.net.URI;

/**
 * Whom to call.
 *
 * @param timeoutMillis for the connect, and for the call where the client has such a timeout
 */
record Target(boolean tls, String host, int port, int timeoutMillis) {

  /**
   * Reads two arguments.
   *
   * @param where {@code plain://host:port} or {@code tls://host:port}
   */
  static Target of(String where, String timeoutMillis) {
    URI uri = URI.create(where);
    return new Target(
        uri.getScheme().equals("tls"),
        uri.getHost(),
        uri.getPort(),
        Integer.parseInt(timeoutMillis));
  }
}
