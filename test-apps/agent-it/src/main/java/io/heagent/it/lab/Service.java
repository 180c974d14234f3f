package io.heagent.it.lab;

/** Who serves on which address; all of a lab on one port. */
public enum Service {
  TALK("127.9.0.1"),
  TLS("127.9.0.2"),
  HTTP("127.9.0.3"),
  SOCKS("127.9.0.4"),
  HTTP_PROXY("127.9.0.5");

  private final String address;

  Service(String address) {
    this.address = address;
  }

  public String address() {
    return address;
  }
}
