package io.heagent.engine.resolve;

import java.net.UnknownHostException;

/**
 * A look-up was refused at once, because too many others hang or wait. It says nothing about the
 * name: a caller that can look the name up by other means, for example on its own thread, may do
 * so.
 */
public final class ResolverOverflowException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  /** The look-up of this host was refused. */
  public ResolverOverflowException(String host) {
    super(host + ": too many look-ups under way");
  }

  /** The look-up of this host was refused because of {@code cause}, which may be null. */
  ResolverOverflowException(String host, Throwable cause) {
    this(host);
    if (cause != null) {
      initCause(cause);
    }
  }
}
