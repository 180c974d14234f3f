package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;
import io.heagent.agent.netty.channel.NettyMethods;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Decides which classes of channels are raced: TCP channels of copies of Netty whose classes are
 * all woven.
 */
final class NettyChannels {

  private final NativeTransports transports;

  /** The classes that {@link #known} has an entry for, as weak keys. Guarded by its own monitor. */
  private final Map<Class<?>, Boolean> asked = new WeakHashMap<>();

  /**
   * What is known of each class of channels. A ClassValue keeps it with the class, so that the
   * class can be unloaded.
   */
  private final ClassValue<Of> known =
      new ClassValue<>() {
        @Override
        protected Of computeValue(Class<?> channel) {
          NettyCopy copy =
              channel.getName().endsWith(".EpollSocketChannel") ? transports.of(channel) : null;
          if (copy == null || copy.isUnlike()) {
            return null;
          } else if (!copy.isComplete()) {
            transports.tellIncomplete(channel);
            return null;
          }
          synchronized (asked) {
            asked.put(channel, true);
          }
          return new Of();
        }
      };

  NettyChannels(NativeTransports transports) {
    this.transports = transports;
  }

  /** Takes what is known away from the classes. */
  void forget() {
    synchronized (asked) {
      for (Class<?> channel : asked.keySet()) {
        known.remove(channel);
      }
    }
  }

  /** What is known of one class of channels; made when the first of them connects. */
  private static final class Of {

    /** Written by the event loop that comes first; null until then. */
    private volatile NettyMethods methods;

    private volatile boolean failed;
  }

  /** The methods that a race of such a channel calls; null if the channel is not raced. */
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
