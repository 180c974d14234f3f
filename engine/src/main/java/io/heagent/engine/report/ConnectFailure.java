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

/**
 * Makes the one exception that a failed race throws.
 *
 * <p>Its type is that of the exception of the requested address (the first one tried, if the caller
 * does not say otherwise), because programs choose their own fallback by it. Its message starts
 * with the JDK's own words and then names host, port and every address ({@link FailureText}). The
 * exceptions of the attempts are suppressed exceptions, in attempt order. The class is always one
 * of the JDK's. Pure and thread-safe.
 */
public final class ConnectFailure {

  /** The JDK's message for a connect that has reached the caller's timeout. */
  private static final String TIMED_OUT = "Connect timed out";

  private ConnectFailure() {}

  /**
   * The exception of a race that began with the requested address.
   *
   * @param host as the caller gave it, not null
   * @param port the port
   * @param tried every started attempt in start order; the first one was the requested address
   */
  public static IOException failure(String host, int port, List<TriedAddress> tried) {
    return failure(host, port, tried, 0);
  }

  /**
   * The exception of a race that may have begun with another address than the requested one.
   *
   * @param host as the caller gave it, not null
   * @param port the port
   * @param tried every started attempt in start order
   * @param requested the index of the requested address, whose cause decides the type. If it has no
   *     cause, the type is {@link SocketTimeoutException} if the race reached its deadline;
   *     otherwise the attempt was dropped because it took too long, and the type is {@link
   *     ConnectException} with the message that the operating system's own time limit gives. An
   *     index out of bounds means that the requested address had not been tried when the race
   *     reached its deadline.
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
   * As {@link #failure(String, int, List, int)}, but with the message of the requested address's
   * exception only: neither that message nor those of the suppressed exceptions name the host or an
   * address. A message that names one is left out, by an exception of the same JDK class without a
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
   * The exception of a race that has reached the caller's timeout: always a {@link
   * SocketTimeoutException}, whatever exceptions the attempts had before.
   */
  public static IOException timeout(String host, int port, List<TriedAddress> tried) {
    return failure(new SocketTimeoutException(TIMED_OUT), host, port, tried);
  }

  /**
   * As {@link #failure(String, int, List)}, with the type of {@code requested}, and with a message
   * that starts with its message.
   *
   * @param requested the exception of the requested address; it is not changed, and it does not
   *     become the cause
   */
  public static IOException failure(
      IOException requested, String host, int port, List<TriedAddress> tried) {
    IOException failure =
        sameType(requested, FailureText.message(requested.getMessage(), host, port, tried));
    for (TriedAddress address : tried) {
      if (address.cause() != null) {
        failure.addSuppressed(address.cause());
      }
    }
    return failure;
  }

  /**
   * A new exception of the same JDK class. A subclass that the program or this library defines is
   * replaced by the JDK class above it, so that the program sees only classes of the JDK.
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
}
