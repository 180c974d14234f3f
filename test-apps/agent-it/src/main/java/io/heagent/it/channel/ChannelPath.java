package io.heagent.it.channel;

/** A way to connect without blocking, as programs go it. */
public enum ChannelPath {
  REGISTERED_AFTER(Kind.SELECTED),
  /** With no interest, as Netty does it. */
  REGISTERED_BEFORE(Kind.SELECTED),
  /** With interest, and selected once: the kernel watches the descriptor when connect comes. */
  ARMED_BEFORE(Kind.SELECTED),
  /** OP_CONNECT and OP_READ at once, as Apache's reactor does it. */
  CONNECT_AND_READ(Kind.SELECTED),
  SELECT_CONSUMER(Kind.SELECTED),
  SELECT_NOW(Kind.SELECTED),
  /** finishConnect again and again, without a selector. */
  POLLED(Kind.POLLED),
  /** Switched to blocking while pending; finishConnect waits. */
  MADE_BLOCKING(Kind.POLLED),
  ASYNC_HANDLER(Kind.ASYNC),
  ASYNC_FUTURE(Kind.ASYNC),
  ASYNC_OWN_GROUP(Kind.ASYNC);

  /** What tells the program. */
  public enum Kind {
    SELECTED,
    POLLED,
    ASYNC
  }

  private final Kind kind;

  ChannelPath(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
