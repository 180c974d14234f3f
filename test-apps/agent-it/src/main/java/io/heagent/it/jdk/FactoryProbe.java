package io.heagent.it.jdk;

import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Arguments: port, hosts. Connects to each through a socket implementation of its own. */
public final class FactoryProbe {
  private FactoryProbe() {}

  @SuppressWarnings("deprecation") // Programs that do it have not stopped.
  public static void main(String[] args) throws IOException {
    Socket.setSocketImplFactory(OwnSocketImpl::new);
    int port = Integer.parseInt(args[0]);
    for (int i = 1; i < args.length; i++) {
      System.out.println(Dial.outcome(new InetSocketAddress(args[i], port)));
    }
  }
}
