package sun.nio.ch;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import sun.net.InetAddressCachePolicy;

/**
 * The uses of JDK internals for look-ups of one family at a time. It is loaded, beside {@link
 * HeJdk}, when the first such look-up is made. It finds the members by reflection, because their
 * names differ between JDK 17 and later versions (checked on 17.0.15 and 25.0.3). On a JDK that has
 * none of them it throws a {@link LinkageError}, and all look-ups stay the JDK's own.
 */
public final class HeNames {

  private HeNames() {}

  /** The value of a static field of InetAddress. */
  private static Object field(String name) throws IllegalAccessException {
    try {
      Field field = InetAddress.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (NoSuchFieldException e) {
      throw new NoSuchFieldError("java.net.InetAddress." + name);
    }
  }

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
      CacheWriter.write(host, found ? addresses : null, expiry, expires);
    }
  }

  /** A class of its own, because only look-ups of one family at a time need it. */
  private static final class CacheWriter {
    static final Constructor<?> ENTRY =
        constructor(HeCache.Cache.ENTRY, String.class, InetAddress[].class, long.class);

    /**
     * Null on a JDK that cannot keep stale answers, and if the JDK is not configured to keep them.
     */
    static final Constructor<?> STALE_ENTRY = staleEntry();

    static final Set<Object> EXPIRY_SET = expirySet();

    static void write(String host, InetAddress[] addresses, long expiry, boolean expires) {
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

    private static Object entry(
        String host, InetAddress[] addresses, long expiry, boolean expires) {
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
        return (Set<Object>) field("expirySet");
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

  /** The bits of {@code InetAddressResolver.LookupPolicy}, which JDK 17 does not have. */
  public static final int IPV4 = 1;

  public static final int IPV6 = 2;
  public static final int IPV4_FIRST = 4;
  public static final int IPV6_FIRST = 8;

  /**
   * The families that the JDK looks up, and the one whose addresses it puts first, unless the
   * system's order applies.
   *
   * @throws LinkageError if the JDK is not as expected; the methods below throw it too
   */
  public static int lookupPolicy() {
    return Families.POLICY;
  }

  /**
   * Whether IPv6 addresses can be looked up alone (JDK 18 and later). IPv4 addresses can on every
   * JDK.
   */
  public static boolean canLookUpIpv6Alone() {
    return Families.RESOLVER != null;
  }

  /**
   * Looks up one family, by the resolver that the JDK uses, without the JDK's cache.
   *
   * @throws UnknownHostException if there are no addresses, or the resolver cannot tell
   */
  public static InetAddress[] lookUp(String host, boolean ipv6) throws UnknownHostException {
    try {
      if (Families.RESOLVER == null) {
        return (InetAddress[]) Families.LOOK_UP.invoke(Families.INET4, host);
      }
      Object resolver = Families.RESOLVER.invoke(null);
      Object policy = ipv6 ? Families.IPV6_ONLY : Families.IPV4_ONLY;
      Object[] found = ((Stream<?>) Families.LOOK_UP.invoke(resolver, host, policy)).toArray();
      return Arrays.copyOf(found, found.length, InetAddress[].class);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw (UnknownHostException) e.getCause();
      } else if (e.getCause() instanceof Error) {
        // The JDK throws such an error too, and does not take the name for unknown.
        throw (Error) e.getCause();
      }
      UnknownHostException failure = new UnknownHostException(host);
      failure.initCause(e.getCause());
      throw failure;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The resolver for one family at a time: a public interface since JDK 18; before that, the class
   * that hosts with IPv4 only use.
   */
  private static final class Families {
    static final Method RESOLVER;
    static final Method LOOK_UP;
    static final Object IPV4_ONLY;
    static final Object IPV6_ONLY;
    static final Object INET4;
    static final int POLICY;

    static {
      try {
        Class<?> policies = HeJdk.bootClass("java.net.spi.InetAddressResolver$LookupPolicy");
        if (policies != null) {
          RESOLVER = accessible(InetAddress.class, "resolver");
          LOOK_UP =
              accessible(
                  HeJdk.bootClass("java.net.spi.InetAddressResolver"),
                  "lookupByName",
                  String.class,
                  policies);
          Method of = accessible(policies, "of", int.class);
          IPV4_ONLY = of.invoke(null, IPV4);
          IPV6_ONLY = of.invoke(null, IPV6);
          INET4 = null;
          Object platform = field("PLATFORM_LOOKUP_POLICY");
          POLICY = (int) accessible(policies, "characteristics").invoke(platform);
        } else {
          RESOLVER = null;
          Class<?> type = HeJdk.bootClass("java.net.Inet4AddressImpl");
          LOOK_UP = accessible(type, "lookupAllHostAddr", String.class);
          IPV4_ONLY = null;
          IPV6_ONLY = null;
          Constructor<?> constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          INET4 = constructor.newInstance();
          POLICY = olderPolicy();
        }
      } catch (ReflectiveOperationException e) {
        throw new NoSuchMethodError(e.getMessage());
      }
    }

    /**
     * Computes the policy from the properties, as InetAddress of JDK 17 does; without IPv6 there is
     * one family.
     */
    private static int olderPolicy() throws ReflectiveOperationException {
      if (!field("impl").getClass().getName().equals("java.net.Inet6AddressImpl")) {
        return IPV4;
      }
      String prefer = System.getProperty("java.net.preferIPv6Addresses");
      if ("true".equalsIgnoreCase(prefer)) {
        return IPV4 | IPV6 | IPV6_FIRST;
      }
      return IPV4 | IPV6 | ("system".equalsIgnoreCase(prefer) ? 0 : IPV4_FIRST);
    }

    private static Method accessible(Class<?> owner, String name, Class<?>... parameters)
        throws NoSuchMethodException {
      Method method = owner.getDeclaredMethod(name, parameters);
      method.setAccessible(true);
      return method;
    }
  }
}
