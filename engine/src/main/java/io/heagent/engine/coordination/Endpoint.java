package io.heagent.engine.coordination;

/**
 * The name and port that a program connects to. Names that differ in case are different. Immutable.
 */
public record Endpoint(String host, int port) {

  // Written out, because the methods that javac generates for a record are linked at run time,
  // which the first connect would have to wait for.

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
