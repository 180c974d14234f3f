package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** Arguments: host, port. A blocking channel, whose connect knows no timeout. Reads the banner. */
public final class SocketChannelClient {
  private SocketChannelClient() {}

  public static void main(String[] args) {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    Report.print(
        () -> {
          try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port))) {
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            String banner = Lines.first(Channels.newInputStream(channel));
            return new Report.Seen(remote.getAddress().getHostAddress(), banner);
          }
        });
  }
}
