package sun.nio.ch;

import java.lang.reflect.Field;
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
