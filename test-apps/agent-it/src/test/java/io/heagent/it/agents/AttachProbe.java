package io.heagent.it.agents;

import io.heagent.it.lab.SelfAttach;
import io.heagent.it.startup.Dial;
import io.heagent.it.startup.DialAll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Arguments: host, port, jar, options. Connects in every way, has the agent loaded into this very
 * JVM while it runs, and connects again; first a socket that was made before.
 */
public final class AttachProbe {
  private AttachProbe() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String[] target = {args[0], args[1]};
    DialAll.main(target);
    try (Socket before = new Socket()) {
      SelfAttach.load(args[2], args[3]);
      System.out.println("attached");
      before.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
      System.out.println("BEFORE connected to " + Dial.served(before.getInputStream()));
    }
    DialAll.main(target);
  }
}
