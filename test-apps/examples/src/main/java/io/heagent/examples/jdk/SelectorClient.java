package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Arguments: host, port, connect timeout in ms. Reads the banner through a selector. */
public final class SelectorClient {
  private SelectorClient() {}

  public static void main(String[] args) {
    InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    int timeoutMillis = Integer.parseInt(args[2]);
    Report.print(
        () -> {
          try (Selector selector = Selector.open();
              SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(server);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            await(selector, timeoutMillis);
            if (!channel.finishConnect()) {
              throw new IOException("not connected after OP_CONNECT");
            }
            key.interestOps(SelectionKey.OP_READ);
            ByteBuffer bytes = ByteBuffer.allocate(200);
            while (bytes.hasRemaining() && !text(bytes).endsWith("\n")) {
              await(selector, timeoutMillis);
              channel.read(bytes);
            }
            String address = channel.socket().getInetAddress().getHostAddress();
            return new Report.Seen(address, text(bytes));
          }
        });
  }

  private static void await(Selector selector, int timeoutMillis) throws IOException {
    if (selector.select(timeoutMillis) != 1) {
      throw new IOException("no event within " + timeoutMillis + " ms");
    }
    selector.selectedKeys().clear();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes.duplicate().flip()).toString();
  }
}
