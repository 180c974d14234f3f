package io.heagent.engine.resolve;

import io.heagent.engine.time.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Writes down the events of a look-up, with the milliseconds of a virtual clock. */
public final class Answers implements Resolver.Listener {
  final List<String> log = new ArrayList<>();
  final List<Throwable> causes = new ArrayList<>();
  private final VirtualTime time;

  Answers(VirtualTime time) {
    this.time = time;
  }

  @Override
  public void answer(Question question, List<InetAddress> addresses) {
    log.add(time.ms() + " " + question + " " + names(addresses));
  }

  @Override
  public void failure(Question question, Throwable cause) {
    log.add(time.ms() + " " + question + " " + cause.getClass().getSimpleName());
    causes.add(cause);
  }

  /** Lower case is IPv6, upper case IPv4. */
  public static List<InetAddress> of(String names) {
    List<InetAddress> addresses = new ArrayList<>();
    names.chars().forEach(c -> addresses.add(address((char) c)));
    return addresses;
  }

  static InetAddress address(char name) {
    byte[] bytes = new byte[Character.isLowerCase(name) ? 16 : 4];
    bytes[0] = 32;
    bytes[bytes.length - 1] = (byte) name;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  public static String names(List<InetAddress> addresses) {
    StringBuilder text = new StringBuilder();
    for (InetAddress address : addresses) {
      text.append((char) address.getAddress()[address.getAddress().length - 1]);
    }
    return text.toString();
  }
}
