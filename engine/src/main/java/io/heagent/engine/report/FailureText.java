package io.heagent.engine.report;

import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.Outcome;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/**
 * Makes the one exception that stands for a failed race.
 *
 * <p>Its type is the one that the address which the program asked for (the first) has given,
 * because programs steer their own fallback by it; its message starts with the JDK's own words and
 * then names host, port and every address; the causes are suppressed exceptions in attempt order.
 * The class is always one of the JDK's. Pure and thread-safe.
 */
public final class FailureText {

  /** What the JDK says when the caller's timeout passes. */
  private static final String TIMED_OUT = "Connect timed out";

  private FailureText() {}

  /**
   * The failure of a race.
   *
   * @param host as the caller gave it, not null
   * @param port the port
   * @param tried every started attempt in start order; the first one was the requested address
   */
  public static IOException failure(String host, int port, List<TriedAddress> tried) {
    return failure(host, port, tried, 0);
  }

  /**
   * The failure of a race that began with another address than the one the program asked for.
   *
   * @param host as the caller gave it, not null
   * @param port the port
   * @param tried every started attempt in start order
   * @param requested the index of the requested address, whose cause decides the type. Where it has
   *     none: {@link SocketTimeoutException} if the race reached its deadline, else {@link
   *     ConnectException} in the words of the operating system's own time limit, because it was
   *     dropped for taking too long. An index out of bounds stands for an address that had not had
   *     its turn when the race reached its deadline.
   */
  public static IOException failure(
      String host, int port, List<TriedAddress> tried, int requested) {
    return failure(type(tried, requested), host, port, tried);
  }

  private static IOException type(List<TriedAddress> tried, int requested) {
    TriedAddress decisive =
        requested < 0 || requested >= tried.size() ? null : tried.get(requested);
    if (decisive == null || decisive.outcome() == Outcome.TIMED_OUT) {
      return new SocketTimeoutException(TIMED_OUT);
    } else if (decisive.cause() instanceof IOException known) {
      return known;
    } else if (decisive.cause() != null) {
      return new SocketException(String.valueOf(decisive.cause().getMessage()));
    }
    return new ConnectException("Connection timed out");
  }

  /**
   * As {@link #failure(String, int, List, int)}, in the words that the requested address gave and
   * no others: neither the message nor those of the suppressed exceptions name the host or an
   * address. A cause that names one is replaced by an exception of the same JDK class without a
   * message.
   */
  public static IOException unnamed(String host, List<TriedAddress> tried, int requested) {
    IOException type = type(tried, requested);
    String reason = type.getMessage();
    IOException failure = sameType(type, names(reason, host, tried) ? null : reason);
    for (TriedAddress address : tried) {
      Throwable cause = address.cause();
      if (cause != null && names(cause.getMessage(), host, tried)) {
        IOException known = cause instanceof IOException io ? io : new IOException();
        IOException unnamed = sameType(known, null);
        unnamed.setStackTrace(cause.getStackTrace());
        failure.addSuppressed(unnamed);
      } else if (cause != null) {
        failure.addSuppressed(cause);
      }
    }
    return failure;
  }

  private static boolean names(String message, String host, List<TriedAddress> tried) {
    if (message == null) {
      return false;
    }
    boolean named = message.contains(host);
    for (TriedAddress address : tried) {
      named |= message.contains(address.address().getHostAddress());
      named |= message.contains(AddressText.of(address.address()));
    }
    return named;
  }

  /**
   * As {@link #failure(String, int, List)} for a caller's timeout: always a {@link
   * SocketTimeoutException}, whatever the addresses gave before.
   */
  public static IOException timeout(String host, int port, List<TriedAddress> tried) {
    return failure(new SocketTimeoutException(TIMED_OUT), host, port, tried);
  }

  /**
   * As {@link #failure(String, int, List)}, of the type and starting with the message of {@code
   * requested}.
   *
   * @param requested what the requested address gave; it is not changed and becomes no cause by
   *     itself
   */
  public static IOException failure(
      IOException requested, String host, int port, List<TriedAddress> tried) {
    IOException failure = sameType(requested, message(requested.getMessage(), host, port, tried));
    for (TriedAddress address : tried) {
      if (address.cause() != null) {
        failure.addSuppressed(address.cause());
      }
    }
    return failure;
  }

  /**
   * The message in one line, whatever the host name and the causes have in them ({@link OneLine}):
   * {@code Connection refused: example.com:80 (2 addresses tried: 192.0.2.1 refused after 1 ms;
   * [2001:db8::1] timed out after 5000 ms)}.
   *
   * @param reason the JDK's own message of the requested address; null is left out
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

  /**
   * A new exception of the same JDK class. Subclasses of the program's or of ours become the
   * nearest JDK class above them, so that nothing but the JDK's classes reaches the program.
   *
   * @param type not null
   * @param message may be null
   */
  public static IOException sameType(IOException type, String message) {
    if (type instanceof SocketTimeoutException) {
      return new SocketTimeoutException(message);
    } else if (type instanceof BindException) {
      return new BindException(message);
    } else if (type instanceof NoRouteToHostException) {
      return new NoRouteToHostException(message);
    } else if (type instanceof PortUnreachableException) {
      return new PortUnreachableException(message);
    } else if (type instanceof ConnectException) {
      return new ConnectException(message);
    }
    return new SocketException(message);
  }

  private static String words(TriedAddress tried) {
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
