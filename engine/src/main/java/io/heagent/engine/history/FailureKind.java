package io.heagent.engine.history;

import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** What a failed attempt says about its address. */
public enum FailureKind {
  /** The host answered, and refused or reset. */
  REFUSED,
  /** The network said, here or on the way, that the address cannot be reached. */
  UNREACHABLE,
  /** No answer within the time that the history would have given it: a black hole, or too slow. */
  UNANSWERED,
  /**
   * This host's own trouble (no descriptor, no local port, an unsupported option), or nothing that
   * is known: says nothing about the address, and is not remembered.
   */
  LOCAL;

  /**
   * The kind of a failure as the JDK reports it. By type first; by the system's message, which may
   * be in another language, only where one type serves several errors.
   *
   * @param cause null counts as {@link #LOCAL}
   */
  public static FailureKind of(Throwable cause) {
    if (cause instanceof SocketTimeoutException) {
      return UNANSWERED;
    }
    if (!(cause instanceof SocketException)) {
      return LOCAL;
    }
    // Of a refusal the rarer types are not asked for, and so need not be loaded for a first race.
    boolean isConnect = cause instanceof ConnectException;
    if (!isConnect && cause instanceof NoRouteToHostException) {
      return UNREACHABLE;
    }
    if (!isConnect && cause instanceof PortUnreachableException) {
      return REFUSED;
    }
    String message = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    if (message.contains("unreachable") || message.contains("permi")) {
      return UNREACHABLE; // "Permission denied" and "not permitted": a filter's ICMP, or our own
    }
    if (isConnect) {
      return message.contains("timed out") ? UNANSWERED : REFUSED;
    }
    boolean reset = !(cause instanceof BindException) && message.contains("reset");
    return reset ? REFUSED : LOCAL;
  }
}
