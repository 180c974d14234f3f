package sun.nio.ch;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Map;
import jdk.internal.access.SharedSecrets;

/** What {@code InetAddress} knows of names without asking anybody. See {@link HeJdk}. */
public final class HeCache {

  private HeCache() {}

  /** The name an address was looked up by; null for literals and after a reverse look-up. */
  public static String originalHostName(InetAddress address) {
    return SharedSecrets.getJavaNetInetAddressAccess().getOriginalHostName(address);
  }

  /**
   * What the JDK's cache holds for a name and has not expired: nothing where it remembers that
   * there is no such name; null where it would look up.
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

  /** InetAddress's private cache: entries are CachedAddresses on 17, CachedLookup on 25. */
  static final class Cache {
    static final Class<?> ENTRY = entry();
    static final Map<String, Object> MAP = map();
    static final long ADDRESSES = HeJdk.offset(ENTRY, "inetAddresses");
    static final long EXPIRY = HeJdk.offset(ENTRY, "expiryTime");

    /** The expiry of what is kept for ever. */
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
        // Field.get would load classes to do the same.
        return (Map<String, Object>)
            HeJdk.UNSAFE.getReferenceVolatile(
                HeJdk.UNSAFE.staticFieldBase(cache), HeJdk.UNSAFE.staticFieldOffset(cache));
      } catch (ReflectiveOperationException e) {
        throw new NoSuchFieldError(e.getMessage());
      }
    }
  }
}
