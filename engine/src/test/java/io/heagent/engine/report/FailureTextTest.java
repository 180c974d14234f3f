package io.heagent.engine.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.engine.core.Outcome;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exception of a failed race. */
class FailureTextTest {

  /** A host name must not be able to forge a line of the program's log. */
  @Test
  void messageIsOneLineWhateverTheHostIsCalled() {
    String message = FailureText.message("refused\r", "a\n\u2028b\u202e", 80, List.of());
    assertEquals("refused\\r: a\\n\\u2028b\\u202e:80 (0 addresses tried)", message);
  }

  private final ConnectException refused = new ConnectException("Connection refused");
  private final NoRouteToHostException noRoute = new NoRouteToHostException("No route to host");

  @Test
  void everyAddressIsNamedAndTheFirstDecidesTheType() {
    IOException failure =
        ConnectFailure.failure(
            "x.example",
            80,
            List.of(
                tried("127.0.0.5", Outcome.TIMED_OUT, 5000, null),
                tried("127.0.0.9", Outcome.FAILED, 1, refused),
                tried("::1", Outcome.FAILED, 0, noRoute)));
    assertSame(SocketTimeoutException.class, failure.getClass());
    assertEquals(
        "Connect timed out: x.example:80 (3 addresses tried: 127.0.0.5 timed out after 5000 ms;"
            + " 127.0.0.9 refused after 1 ms; [::1] unreachable after 0 ms)",
        failure.getMessage());
    assertArrayEquals(new Throwable[] {refused, noRoute}, failure.getSuppressed());
    assertNull(failure.getCause());
  }

  /** The message is the JDK's own, and names neither host nor address. */
  @Test
  void unnamedNamesNeitherHostNorAddress() {
    NoRouteToHostException naming = new NoRouteToHostException("No route: x.example/127.0.0.9:80");
    ConnectException scoped = new ConnectException("cannot reach [::1]:80");
    List<TriedAddress> tried =
        List.of(
            tried("127.0.0.5", Outcome.FAILED, 1, refused),
            tried("127.0.0.9", Outcome.FAILED, 2, naming),
            tried("::1", Outcome.FAILED, 3, scoped));
    IOException failure = ConnectFailure.unnamed("x.example", tried, 0);
    assertSame(ConnectException.class, failure.getClass());
    assertEquals("Connection refused", failure.getMessage());
    Throwable[] causes = failure.getSuppressed();
    assertEquals(3, causes.length);
    assertSame(refused, causes[0]);
    assertSame(NoRouteToHostException.class, causes[1].getClass());
    assertNull(causes[1].getMessage());
    assertArrayEquals(naming.getStackTrace(), causes[1].getStackTrace());
    assertSame(ConnectException.class, causes[2].getClass());
    assertNull(causes[2].getMessage());
    IOException named = ConnectFailure.unnamed("x.example", tried, 1);
    assertSame(NoRouteToHostException.class, named.getClass());
    assertNull(named.getMessage());
    assertEquals("Connect timed out", ConnectFailure.unnamed("x.example", tried, -1).getMessage());
  }

  /** An exception without a message names nobody, and stays as it is. */
  @Test
  void causeWithoutAMessageIsKept() {
    ConnectException silent = new ConnectException();
    TriedAddress pending = tried("127.0.0.6", Outcome.TIMED_OUT, 9, null);
    IOException failure =
        ConnectFailure.unnamed(
            "x.example", List.of(tried("127.0.0.5", Outcome.FAILED, 1, silent), pending), 0);
    assertNull(failure.getMessage());
    assertArrayEquals(new Throwable[] {silent}, failure.getSuppressed());
  }

  /** It is of the program's own class, perhaps, and no IOException. */
  @Test
  void namingCauseOfAnotherKindBecomesASocketException() {
    IllegalStateException naming = new IllegalStateException("no socket for x.example");
    TriedAddress first = tried("127.0.0.5", Outcome.FAILED, 1, naming);
    Throwable[] causes = ConnectFailure.unnamed("x.example", List.of(first), 0).getSuppressed();
    assertSame(SocketException.class, causes[0].getClass());
    assertNull(causes[0].getMessage());
    assertArrayEquals(naming.getStackTrace(), causes[0].getStackTrace());
  }

  @Test
  void eachOutcomeHasItsWords() {
    assertEquals("timed out", words(Outcome.FAILED, new SocketTimeoutException()));
    assertEquals("timed out", words(Outcome.FAILED, new ConnectException("Connection Timed Out")));
    assertEquals("unreachable", words(Outcome.FAILED, new NoRouteToHostException()));
    assertEquals("unreachable", words(Outcome.FAILED, new SocketException("Net Unreachable")));
    assertEquals("failed (no buffer)", words(Outcome.FAILED, new SocketException("no\tbuffer")));
    assertEquals("failed", words(Outcome.FAILED, null));
    assertEquals("timed out", words(Outcome.TIMED_OUT, null));
    assertEquals("dropped for a later address", words(Outcome.DROPPED, null));
    assertEquals("cancelled", words(Outcome.CANCELLED, null));
    assertEquals("overtaken", words(Outcome.LOST, null));
    assertEquals("overtaken", words(Outcome.LATE, null));
    assertEquals("still pending", words(Outcome.RUNNING, null));
    assertEquals("connected", words(Outcome.WON, null));
  }

  private static String words(Outcome outcome, Throwable cause) {
    return FailureText.words(tried("127.0.0.5", outcome, 1, cause));
  }

  /**
   * If history has put another address first, the type of the exception is still that of the
   * requested one.
   */
  @Test
  void theRequestedAddressDecidesTheTypeWhereverItStands() {
    List<TriedAddress> tried =
        List.of(
            tried("127.0.0.9", Outcome.FAILED, 1, refused),
            tried("127.0.0.5", Outcome.FAILED, 2, noRoute));
    IOException failure = ConnectFailure.failure("x.example", 80, tried, 1);
    assertSame(NoRouteToHostException.class, failure.getClass());
    assertEquals(
        "No route to host: x.example:80 (2 addresses tried: 127.0.0.9 refused after 1 ms;"
            + " 127.0.0.5 unreachable after 2 ms)",
        failure.getMessage());
    assertArrayEquals(new Throwable[] {refused, noRoute}, failure.getSuppressed());
    IOException early = ConnectFailure.failure("x.example", 80, tried, -1);
    assertSame(SocketTimeoutException.class, early.getClass());
  }

  @Test
  void oneAddress() {
    IOException failure =
        ConnectFailure.failure("::1", 80, List.of(tried("::1", Outcome.FAILED, 3, refused)));
    assertSame(ConnectException.class, failure.getClass());
    assertEquals(
        "Connection refused: [::1]:80 (1 address tried: [::1] refused after 3 ms)",
        failure.getMessage());
  }

  @Test
  void e1NoAddressAtAll() {
    IOException failure = ConnectFailure.failure("x.example", 80, List.of());
    assertEquals("Connect timed out: x.example:80 (0 addresses tried)", failure.getMessage());
  }

  @Test
  void e4SameJdkClass() {
    for (IOException type :
        List.of(
            refused,
            noRoute,
            new SocketTimeoutException("a"),
            new SocketException("Network is unreachable"),
            new BindException("Permission denied"),
            new PortUnreachableException("b"))) {
      IOException failure =
          ConnectFailure.failure("h", 1, List.of(tried("10.0.0.1", Outcome.FAILED, 1, type)));
      assertSame(type.getClass(), failure.getClass());
      assertEquals(0, failure.getMessage().indexOf(type.getMessage() + ": h:1 (1 address tried"));
    }
  }

  @Test
  void otherTypesBecomeTheNearestJdkClass() {
    class Own extends ConnectException {
      private static final long serialVersionUID = 1L;
    }
    assertSame(ConnectException.class, ConnectFailure.sameType(new Own(), "x").getClass());
    assertSame(SocketException.class, ConnectFailure.sameType(new IOException(), "x").getClass());
  }

  @Test
  void e8MissingMessages() {
    TriedAddress first = tried("10.0.0.1", Outcome.FAILED, 1, new ConnectException());
    TriedAddress second = tried("10.0.0.2", Outcome.FAILED, 2, null);
    assertEquals(
        "h:1 (2 addresses tried: 10.0.0.1 failed (ConnectException) after 1 ms;"
            + " 10.0.0.2 failed after 2 ms)",
        ConnectFailure.failure("h", 1, List.of(first, second)).getMessage());
  }

  @Test
  void uncheckedFailureOfTheFirst() {
    RuntimeException cause = new UnsupportedOperationException("'X' not\n supported");
    IOException failure =
        ConnectFailure.failure("h", 1, List.of(tried("10.0.0.1", Outcome.FAILED, 1, cause)));
    assertSame(SocketException.class, failure.getClass());
    assertSame(cause, failure.getSuppressed()[0]);
    assertEquals(
        "(1 address tried: 10.0.0.1 failed ('X' not supported) after 1 ms)",
        failure.getMessage().substring(failure.getMessage().indexOf('(')));
  }

  @Test
  void droppedFirstReadsLikeTheSystemsOwnLimit() {
    IOException failure =
        ConnectFailure.failure(
            "h",
            1,
            List.of(
                tried("10.0.0.1", Outcome.DROPPED, 1500, null),
                tried("10.0.0.2", Outcome.FAILED, 2, refused)));
    assertSame(ConnectException.class, failure.getClass());
    assertEquals(0, failure.getMessage().indexOf("Connection timed out: h:1 (2 addresses"));
  }

  @Test
  void timeoutIsATimeoutWhateverTheFirstGave() {
    IOException failure =
        ConnectFailure.timeout("h", 1, List.of(tried("10.0.0.1", Outcome.FAILED, 1, refused)));
    assertSame(SocketTimeoutException.class, failure.getClass());
    assertSame(refused, failure.getSuppressed()[0]);
  }

  private static TriedAddress tried(String literal, Outcome outcome, long millis, Throwable cause) {
    try {
      return new TriedAddress(InetAddress.getByName(literal), outcome, millis, cause);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
