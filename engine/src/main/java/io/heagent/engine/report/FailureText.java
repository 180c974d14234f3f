package io.heagent.engine.report;

import io.heagent.engine.address.AddressText;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/**
 * Makes the texts that say what became of the addresses of a connect: the message of the exception
 * of a failed race ({@link ConnectFailure}), and lines of the log. Pure and thread-safe.
 */
public final class FailureText {

  private FailureText() {}

  /**
   * The message. It is one line, whatever the host name and the causes contain ({@link OneLine}),
   * for example {@code Connection refused: example.com:80 (2 addresses tried: 192.0.2.1 refused
   * after 1 ms; [2001:db8::1] timed out after 5000 ms)}.
   *
   * @param reason the JDK's own message for the requested address; left out if null
   */
  public static String message(String reason, String host, int port, List<TriedAddress> tried) {
    StringBuilder text = new StringBuilder();
    if (reason != null) {
      text.append(reason).append(": ");
    }
    text.append(AddressText.hostAndPort(host, port));
    text.append(" (").append(tried.size());
    text.append(tried.size() == 1 ? " address tried" : " addresses tried");
    String before = ": ";
    for (TriedAddress address : tried) {
      text.append(before).append(AddressText.of(address.address()));
      text.append(' ').append(words(address));
      text.append(" after ").append(address.millis()).append(" ms");
      before = "; ";
    }
    return OneLine.of(text.append(')').toString());
  }

  /** What became of an address, in few words: {@code refused}, {@code timed out}. */
  public static String words(TriedAddress tried) {
    return switch (tried.outcome()) {
      case FAILED -> words(tried.cause());
      case TIMED_OUT -> "timed out";
      case DROPPED -> "dropped for a later address";
      case CANCELLED -> "cancelled";
      case LOST, LATE -> "overtaken";
      case RUNNING -> "still pending";
      case WON -> "connected";
    };
  }

  private static String words(Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (text.contains("refused")) {
      return "refused";
    } else if (cause instanceof SocketTimeoutException || text.contains("timed out")) {
      return "timed out";
    } else if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
      return "unreachable";
    } else if (message != null) {
      return "failed (" + oneLine(message) + ")";
    }
    return cause == null ? "failed" : "failed (" + cause.getClass().getSimpleName() + ")";
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ");
  }
}
