package io.heagent.engine.coordination;

/** The name and port that a program connects to. Names are equal letter by letter. */
public record Endpoint(String host, int port) {

  // Written out: what the compiler makes of a record is linked at run time, at the first connect.

  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint endpoint
        && port == endpoint.port
        && host.equals(endpoint.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }
}
