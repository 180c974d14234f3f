package io.heagent.engine.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The policy table of RFC 6724 section 2.1: the entry with the longest matching prefix gives an
 * address its precedence and label. IPv4 addresses count as IPv4-mapped ones ({@code
 * ::ffff:0:0/96}). Immutable and thread-safe.
 */
public final class PolicyTable {

  /** The default table of section 2.1. */
  public static final PolicyTable DEFAULT =
      new PolicyTable(
          List.of(
              entry("::1", 128, 50, 0),
              entry("::", 0, 40, 1),
              // Not by entry(): InetAddress.getByName returns an Inet4Address for ::ffff:0:0.
              new Entry(mapped(new byte[4]), 96, 35, 4),
              entry("2002::", 16, 30, 2),
              entry("2001::", 32, 5, 5),
              entry("fc00::", 7, 3, 13),
              entry("::", 96, 1, 3),
              entry("fec0::", 10, 1, 11),
              entry("3ffe::", 16, 1, 12)));

  private static final Entry NONE = new Entry(new byte[16], 0, 0, -1);

  private final List<Entry> entries;

  private static final class Entry {
    final byte[] prefix;
    final int length;
    final int precedence;
    final int label;

    Entry(byte[] prefix, int length, int precedence, int label) {
      this.prefix = prefix;
      this.length = length;
      this.precedence = precedence;
      this.label = label;
    }
  }

  private PolicyTable(List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingInt((Entry entry) -> entry.length).reversed());
    this.entries = List.copyOf(sorted);
  }

  /** A table without any entry: every address has precedence 0 and one label. */
  public static PolicyTable empty() {
    return new PolicyTable(List.of());
  }

  /**
   * This table with one more entry; of two entries with the same prefix the later one counts.
   *
   * @param prefix the address part; an IPv4 address with a length up to 32 stands for the mapped
   *     prefix
   * @param length significant bits of {@code prefix}
   * @throws IllegalArgumentException if the length does not fit the address
   */
  public PolicyTable with(InetAddress prefix, int length, int precedence, int label) {
    int bits = prefix.getAddress().length * 8;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException("length " + length + ": must be 0 to " + bits);
    }
    List<Entry> all = new ArrayList<>();
    all.add(new Entry(bytes(prefix), length + 128 - bits, precedence, label));
    all.addAll(entries); // sorting is stable: the new one comes before its equals
    return new PolicyTable(all);
  }

  /** Precedence(A) of RFC 6724 section 2.1: higher is better; 0 if no entry matches. */
  public int precedence(InetAddress address) {
    return find(address).precedence;
  }

  /** Label(A) of RFC 6724 section 2.1; -1 if no entry matches. */
  public int label(InetAddress address) {
    return find(address).label;
  }

  private Entry find(InetAddress address) {
    byte[] bytes = bytes(address);
    for (Entry entry : entries) {
      if (commonBits(entry.prefix, bytes) >= entry.length) {
        return entry;
      }
    }
    return NONE;
  }

  /** The 16 bytes of an address; for IPv4 those of its IPv4-mapped form. */
  private static byte[] bytes(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? mapped(bytes) : bytes;
  }

  private static byte[] mapped(byte[] ipv4) {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(ipv4, 0, bytes, 12, 4);
    return bytes;
  }

  /** How many leading bits two addresses of the same length have in common. */
  public static int commonBits(byte[] one, byte[] other) {
    for (int i = 0; i < one.length; i++) {
      int difference = (one[i] ^ other[i]) & 0xff;
      if (difference != 0) {
        return 8 * i + Integer.numberOfLeadingZeros(difference) - 24;
      }
    }
    return 8 * one.length;
  }

  private static Entry entry(String prefix, int length, int precedence, int label) {
    try {
      return new Entry(InetAddress.getByName(prefix).getAddress(), length, precedence, label);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // literals are not looked up
    }
  }
}
