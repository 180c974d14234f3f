package io.heagent.engine.resolve;

import java.net.UnknownHostException;

/**
 * A look-up was refused at once, because too many others hang or wait. It says nothing about the
 * name: whoever can look it up by other means (on the caller's own thread, say) may do so.
 */
public final class ResolverOverflowException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  /** For this host. */
  public ResolverOverflowException(String host) {
    super(host + ": too many look-ups under way");
  }

  /** For this reason; null for none. */
  ResolverOverflowException(String host, Throwable cause) {
    this(host);
    if (cause != null) {
      initCause(cause);
    }
  }
}
