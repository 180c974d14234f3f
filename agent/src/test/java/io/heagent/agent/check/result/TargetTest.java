package io.heagent.agent.check.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "www.test, www.test, 443",
    "www.test:80, www.test, 80",
    "www.test.:65535, www.test., 65535",
    "192.0.2.1:1, 192.0.2.1, 1",
    "::1, ::1, 443",
    "2001:db8::1, 2001:db8::1, 443",
    "fe80::1%eth0, fe80::1%eth0, 443",
    "[::1], ::1, 443",
    "[::1]:80, ::1, 80"
  })
  void reads(String text, String host, int port) {
    assertEquals(new Target(host, port), Target.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":80", "www.test:", "www.test:0", "www.test:65536", "www.test:http", "www.test:-1",
        "[::1", "[::1]x:80", "[]:80", "a b", "www.test/path", "user@www.test", "www.test:123456"
      })
  void refuses(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text)).getMessage();
    assertEquals(
        text + ": allowed is HOST[:PORT], the port from 1 to 65535, IPv6 literals as [::1]:443",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://www.test/", "http://www.test:80"})
  void saysThatAUrlIsNone(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text)).getMessage();
    assertEquals(text + " is a URL; allowed is HOST[:PORT]", message);
  }
}
