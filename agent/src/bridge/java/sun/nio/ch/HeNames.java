package sun.nio.ch;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The uses of JDK internals for look-ups of one family at a time. It is loaded, beside {@link
 * HeJdk}, when the first such look-up is made. It finds the members by reflection, because their
 * names differ between JDK 17 and later versions (checked on 17.0.15 and 25.0.3). On a JDK that has
 * none of them it throws a {@link LinkageError}, and all look-ups stay the JDK's own.
 */
public final class HeNames {

  private HeNames() {}

  /** The value of a static field of InetAddress. */
  static Object field(String name) throws IllegalAccessException {
    try {
      Field field = InetAddress.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (NoSuchFieldException e) {
      throw new NoSuchFieldError("java.net.InetAddress." + name);
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
