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
  /** The host answered, and refused or reset the connection. */
  REFUSED,
  /** This host or one on the way reported that the address cannot be reached. */
  UNREACHABLE,
  /** No answer within the time that the history would have given it: a black hole, or too slow. */
  UNANSWERED,
  /**
   * A failure of this host (no descriptor, no local port, an unsupported option) or an unknown one.
   * It says nothing about the address and is not remembered.
   */
  LOCAL;

  /**
   * The kind of a failure that the JDK reports. The type of the exception decides; where one type
   * serves several errors, the operating system's message decides too, although it may be in
   * another language.
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
    // The rarer types are not tested for a ConnectException, so that a first race that is refused
    // need not load them.
    boolean isConnect = cause instanceof ConnectException;
    if (!isConnect && cause instanceof NoRouteToHostException) {
      return UNREACHABLE;
    }
    if (!isConnect && cause instanceof PortUnreachableException) {
      return REFUSED;
    }
    String message = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    if (message.contains("unreachable") || message.contains("permi")) {
      return UNREACHABLE; // "Permission denied", "not permitted": a packet filter
    }
    if (isConnect) {
      return message.contains("timed out") ? UNANSWERED : REFUSED;
    }
    boolean reset = !(cause instanceof BindException) && message.contains("reset");
    return reset ? REFUSED : LOCAL;
  }
}
