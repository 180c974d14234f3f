package io.heagent.it.channel;

/** Texts of addresses. */
final class AddressTexts {
  private AddressTexts() {}

  /** The JDK writes 0:0:0:0:0:0:0:1 for ::1, and adds scopes. */
  static String shortest(String address) {
    return address.startsWith("0:0:0:0:0:0:0:1") ? "::1" : address;
  }
}
