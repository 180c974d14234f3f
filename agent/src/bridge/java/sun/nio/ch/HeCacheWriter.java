package sun.nio.ch;

import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.util.Set;
import sun.net.InetAddressCachePolicy;

/**
 * Writes to the look-up cache of {@code InetAddress}, which {@link HeCache} reads. Only look-ups of
 * one family at a time need it. See {@link HeNames}, which is defined with it and says what happens
 * on a JDK that is not as expected.
 */
public final class HeCacheWriter {

  private static final Constructor<?> ENTRY =
      constructor(HeCache.Cache.ENTRY, String.class, InetAddress[].class, long.class);

  /**
   * Null on a JDK that cannot keep stale answers, and if the JDK is not configured to keep them.
   */
  private static final Constructor<?> STALE_ENTRY = staleEntry();

  private static final Set<Object> EXPIRY_SET = expirySet();

  private HeCacheWriter() {}

  /**
   * Puts the result of the agent's look-up into the JDK's cache, as {@code
   * InetAddress.NameServiceAddresses} does with the JDK's. The entry is kept as long as
   * networkaddress.cache.ttl says, or the properties for failures and for stale answers.
   *
   * @param addresses the addresses in the JDK's order; none if there is no such name
   */
  public static void cacheAddresses(String host, InetAddress[] addresses) {
    boolean found = addresses.length > 0;
    int seconds = found ? InetAddressCachePolicy.get() : InetAddressCachePolicy.getNegative();
    if (seconds != InetAddressCachePolicy.NEVER) {
      boolean expires = seconds != InetAddressCachePolicy.FOREVER;
      long expiry = expires ? System.nanoTime() + 1_000_000_000L * seconds : HeCache.Cache.NEVER;
      write(host, found ? addresses : null, expiry, expires);
    }
  }

  private static void write(String host, InetAddress[] addresses, long expiry, boolean expires) {
    Object entry = entry(host, addresses, expiry, expires);
    Object old = HeCache.Cache.MAP.putIfAbsent(host, entry);
    // The JDK removes expired entries at its own next look-up, which this look-up has replaced.
    boolean kept =
        old == null
            || (HeCache.Cache.ENTRY.isInstance(old)
                && HeCache.cachedAddresses(host) == null
                && EXPIRY_SET.remove(old)
                && HeCache.Cache.MAP.replace(host, old, entry));
    if (kept && expires) {
      EXPIRY_SET.add(entry);
    }
  }

  private static Object entry(String host, InetAddress[] addresses, long expiry, boolean expires) {
    try {
      if (STALE_ENTRY != null && addresses != null && expires) {
        long stale = expiry + 1_000_000_000L * staleSeconds();
        return STALE_ENTRY.newInstance(host, addresses, stale, expiry);
      }
      return ENTRY.newInstance(host, addresses, expiry);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Constructor<?> staleEntry() {
    Class<?> type = HeJdk.bootClass("java.net.InetAddress$ValidCachedLookup");
    return type == null || staleSeconds() <= 0
        ? null
        : constructor(type, String.class, InetAddress[].class, long.class, long.class);
  }

  private static int staleSeconds() {
    try {
      return (int) InetAddressCachePolicy.class.getMethod("getStale").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new NoSuchMethodError(e.getMessage());
    }
  }

  @SuppressWarnings("unchecked") // Of entries, whose class cannot be named.
  private static Set<Object> expirySet() {
    try {
      return (Set<Object>) HeNames.field("expirySet");
    } catch (IllegalAccessException e) {
      throw new NoSuchFieldError(e.getMessage());
    }
  }

  private static Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new NoSuchMethodError(e.getMessage());
    }
  }
}
