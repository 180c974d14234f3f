package io.heagent.testkit.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Run in a forked JVM: prints the addresses of a name. */
final class LookUp {
  private LookUp() {}

  public static void main(String[] args) throws Exception {
    System.out.print(
        Arrays.stream(InetAddress.getAllByName(args[0]))
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(" ")));
  }
}
