package io.heagent.engine.order;

import io.heagent.engine.address.AddressKey;
import io.heagent.engine.address.Ipv4Mapped;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interleaves address families (RFC 8305 section 4), so that a dead family keeps the other one
 * waiting for one Connection Attempt Delay at most.
 *
 * <p>An IPv4-mapped IPv6 address counts as IPv4, because the system sends IPv4 packets for it, and
 * it counts as equal to its IPv4 address.
 *
 * <p>Pure and thread-safe. The given lists are not changed; the results are unmodifiable. The
 * results contain the given address objects, with their host names and IPv6 scope ids; of equal
 * addresses the first one stays.
 */
public final class AddressWeave {

  private static final int FEW = 8;

  private AddressWeave() {}

  /**
   * Orders a list of addresses: first {@code firstFamilyCount} addresses of the family that the
   * list begins with, then one address of each family in turn, starting with the other family. When
   * one family is used up, the rest of the other follows in its order.
   *
   * @param addresses in order of preference, not null, without null; duplicates are dropped
   * @param firstFamilyCount RFC 8305's First Address Family Count; 0 keeps the order as it is
   * @throws IllegalArgumentException if {@code firstFamilyCount} is negative
   */
  public static List<InetAddress> weave(List<InetAddress> addresses, int firstFamilyCount) {
    if (firstFamilyCount < 0) {
      throw new IllegalArgumentException("firstFamilyCount " + firstFamilyCount + ": must be >= 0");
    }
    List<InetAddress> distinct = without(addresses, Set.of());
    if (firstFamilyCount == 0) {
      return distinct;
    }
    Map<Class<?>, Deque<InetAddress>> families = new LinkedHashMap<>();
    for (InetAddress address : distinct) {
      Class<?> of = Ipv4Mapped.unmapped(address).getClass();
      Deque<InetAddress> family = families.get(of);
      if (family == null) {
        family = new ArrayDeque<>();
        families.put(of, family);
      }
      family.add(address);
    }
    if (families.size() < 2) {
      return distinct;
    }
    List<InetAddress> woven = new ArrayList<>(distinct.size());
    Collection<Deque<InetAddress>> queues = families.values();
    for (Deque<InetAddress> first : queues) {
      for (int i = 1; i < firstFamilyCount && !first.isEmpty(); i++) {
        woven.add(first.remove());
      }
      break;
    }
    while (woven.size() < distinct.size()) {
      for (Deque<InetAddress> queue : queues) {
        if (!queue.isEmpty()) {
          woven.add(queue.remove());
        }
      }
    }
    return List.copyOf(woven);
  }

  /**
   * Orders the addresses that are left to try after more answers have come. The whole list is
   * interleaved again, as if it had been known from the start, and the addresses tried already are
   * taken out of the result. So when three IPv6 addresses were tried before the IPv4 answer came,
   * the IPv4 addresses catch up (section 4 of the Happy Eyeballs v3 draft).
   *
   * @param all every address known now, in order of preference
   * @param tried the addresses of the attempts that have started; they count even if {@code all}
   *     lacks them
   * @param firstFamilyCount as for {@link #weave}
   * @return only the addresses that have not been tried
   */
  public static List<InetAddress> reweave(
      List<InetAddress> all, List<InetAddress> tried, int firstFamilyCount) {
    if (tried.isEmpty()) {
      return weave(all, firstFamilyCount);
    }
    Collection<AddressKey> known = keys(all);
    List<InetAddress> whole = new ArrayList<>();
    for (InetAddress address : tried) {
      if (!known.contains(AddressKey.of(address))) {
        whole.add(address);
      }
    }
    whole.addAll(all);
    return without(weave(whole, firstFamilyCount), keys(tried));
  }

  private static Collection<AddressKey> keys(List<InetAddress> addresses) {
    Collection<AddressKey> keys = noKeys(addresses.size());
    for (InetAddress address : addresses) {
      keys.add(AddressKey.of(address));
    }
    return keys;
  }

  private static List<InetAddress> without(
      List<InetAddress> addresses, Collection<AddressKey> unwanted) {
    Collection<AddressKey> seen = noKeys(addresses.size() + unwanted.size());
    seen.addAll(unwanted);
    List<InetAddress> left = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      AddressKey key = AddressKey.of(address);
      if (!seen.contains(key)) {
        seen.add(key);
        left.add(address);
      }
    }
    return List.copyOf(left);
  }

  /**
   * An empty collection for so many keys: a list for a few, because most races have two or three
   * addresses, for which computing hashes costs more than comparing.
   */
  private static Collection<AddressKey> noKeys(int size) {
    return size <= FEW ? new ArrayList<>(size) : new HashSet<>();
  }
}
