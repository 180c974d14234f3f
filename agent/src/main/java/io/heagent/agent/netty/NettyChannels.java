package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;

/** Which classes of channels are raced: those for TCP, of copies of Netty that are woven whole. */
final class NettyChannels {

  /** Null for others. Kept by the class itself, so that it can be unloaded. */
  private final ClassValue<Of> known =
      new ClassValue<>() {
        @Override
        protected Of computeValue(Class<?> channel) {
          NettyCopy copy =
              channel.getName().endsWith(".EpollSocketChannel")
                  ? NativeTransports.of(channel)
                  : null;
          if (copy == null || copy.isUnlike()) {
            return null;
          } else if (!copy.isComplete()) {
            NativeTransports.tellIncomplete(channel);
            return null;
          }
          return new Of();
        }
      };

  /** What is known of one class of channels; made when the first of them connects. */
  private static final class Of {

    /** Written by whichever event loop is first. */
    private volatile NettyMethods methods;

    private volatile boolean failed;
  }

  /** What a race of such a channel calls; null where it is not raced. */
  NettyMethods methods(Object channel, Object socket) {
    Of of = known.get(channel.getClass());
    if (of == null || of.failed) {
      return null;
    }
    NettyMethods methods = of.methods;
    if (methods == null) {
      try {
        methods = new NettyMethods(channel.getClass(), socket.getClass());
        of.methods = methods;
      } catch (NoSuchMethodException | NoSuchFieldException e) {
        of.failed = true;
        Faults.unexpected(e);
      }
    }
    return methods;
  }
}
