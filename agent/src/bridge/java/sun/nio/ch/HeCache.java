package sun.nio.ch;

import java.lang.reflect.Field;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import jdk.internal.access.SharedSecrets;

/** What {@code InetAddress} knows of names without a look-up. See {@link HeJdk}. */
public final class HeCache {

  private HeCache() {}

  /**
   * The name by which an address was looked up; null for a literal, and after a reverse look-up.
   */
  public static String originalHostName(InetAddress address) {
    return SharedSecrets.getJavaNetInetAddressAccess().getOriginalHostName(address);
  }

  /**
   * Another object for the same address and name. It shares what holds both, which does not change
   * any more in an address that has a name.
   *
   * @param address has a name by which it was looked up
   * @return null for an address with a scope, and if this JDK's addresses are made in another way
   */
  public static InetAddress twin(InetAddress address) {
    Class<?> type = address.getClass();
    boolean ipv6 = type == Inet6Address.class;
    if (Cache.HOLDER < 0 || (ipv6 && (Cache.HOLDER_6 < 0 || isScoped((Inet6Address) address)))) {
      return null;
    }
    try {
      Object twin = HeJdk.UNSAFE.allocateInstance(type);
      share(address, twin, Cache.HOLDER);
      if (ipv6) {
        share(address, twin, Cache.HOLDER_6);
      }
      // As a constructor does for the final fields of what it makes.
      HeJdk.UNSAFE.storeFence();
      return (InetAddress) twin;
    } catch (InstantiationException impossible) {
      return null;
    }
  }

  private static boolean isScoped(Inet6Address address) {
    return address.getScopeId() != 0 || address.getScopedInterface() != null;
  }

  private static void share(Object from, Object to, long field) {
    HeJdk.UNSAFE.putReference(to, field, HeJdk.UNSAFE.getReference(from, field));
  }

  /**
   * Makes the key under which the JDK's HttpClient pools a plain connection. The JDK's key compares
   * addresses and ignores the name. Two names with the same first address, which races may connect
   * to different servers, would share a connection to one of them. So this key includes the name.
   */
  static InetSocketAddress poolKey(InetSocketAddress destination) {
    String host = originalHostName(destination.getAddress());
    if (host == null) {
      return destination;
    }
    String both = host.concat("/").concat(destination.getAddress().getHostAddress());
    return InetSocketAddress.createUnresolved(both, destination.getPort());
  }

  /**
   * The addresses of a name in the JDK's cache that have not expired. The array is empty if the
   * cache knows that the name does not exist; it is null if the JDK would look the name up.
   */
  public static InetAddress[] cachedAddresses(String host) {
    Object entry = Cache.MAP.get(host);
    if (!Cache.ENTRY.isInstance(entry)) {
      return null;
    }
    long expiry = HeJdk.UNSAFE.getLongVolatile(entry, Cache.EXPIRY);
    if (expiry != Cache.NEVER && expiry - System.nanoTime() < 0) {
      return null;
    }
    Object addresses = HeJdk.UNSAFE.getReferenceVolatile(entry, Cache.ADDRESSES);
    return addresses == null ? Cache.NONE : (InetAddress[]) addresses;
  }

  /**
   * The private cache of InetAddress. Its entries are CachedAddresses on JDK 17, CachedLookup on
   * 25.
   */
  static final class Cache {
    static final Class<?> ENTRY = entry();
    static final Map<String, Object> MAP = map();
    static final long ADDRESSES = HeJdk.offset(ENTRY, "inetAddresses");
    static final long EXPIRY = HeJdk.offset(ENTRY, "expiryTime");

    /** The expiry time of an entry that is kept for ever. */
    static final long NEVER = 0;

    static final InetAddress[] NONE = {};

    /** What an address has its name and bits in; negative if this JDK has no such field. */
    static final long HOLDER = holder(InetAddress.class, "holder");

    static final long HOLDER_6 = holder(Inet6Address.class, "holder6");

    private static long holder(Class<?> owner, String name) {
      try {
        boolean primitive = owner.getDeclaredField(name).getType().isPrimitive();
        return primitive ? -1 : HeJdk.offset(owner, name);
      } catch (NoSuchFieldException another) {
        return -1;
      }
    }

    private static Class<?> entry() {
      Class<?> entry = HeJdk.bootClass("java.net.InetAddress$CachedLookup");
      return entry != null ? entry : HeJdk.bootClass("java.net.InetAddress$CachedAddresses");
    }

    @SuppressWarnings("unchecked") // Of entries, whose class cannot be named.
    private static Map<String, Object> map() {
      try {
        Field cache = InetAddress.class.getDeclaredField("cache");
        // Field.get would load several classes to do the same.
        return (Map<String, Object>)
            HeJdk.UNSAFE.getReferenceVolatile(
                HeJdk.UNSAFE.staticFieldBase(cache), HeJdk.UNSAFE.staticFieldOffset(cache));
      } catch (ReflectiveOperationException e) {
        throw new NoSuchFieldError(e.getMessage());
      }
    }
  }
}
