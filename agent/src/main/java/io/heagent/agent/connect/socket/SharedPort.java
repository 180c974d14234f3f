package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ConnectRequest;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import sun.nio.ch.HeOptions;

/**
 * Binds a second socket to the port that the program's own socket has, because the program may have
 * announced that port. Linux lets two sockets that do not listen have the same port if both have
 * SO_REUSEADDR when they are bound; they then connect to different addresses. On other systems such
 * a connect is not raced.
 */
public final class SharedPort {

  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;

  private SharedPort() {}

  /**
   * Binds one of the two sockets to the port of the other, which is bound already.
   *
   * @param side the descriptor of the fallback channel
   * @param which the descriptor to bind: {@code side}, or the program's own
   * @throws IOException if that is not possible; both are as they were
   */
  public static void bind(ConnectRequest request, FileDescriptor side, FileDescriptor which)
      throws IOException {
    if (!JdkSystemCalls.IS_LINUX || !HeOptions.isAvailable()) {
      throw new IOException("a port cannot be shared here");
    }
    FileDescriptor own = request.socket().descriptor();
    // The program takes the same lock to set an option and to close its socket.
    if (!request.socket().ifConnecting(() -> bind(request, own, side, which))) {
      throw new ClosedChannelException();
    }
  }

  private static void bind(
      ConnectRequest request, FileDescriptor own, FileDescriptor other, FileDescriptor which)
      throws IOException {
    boolean ipv4Only = request.socket().isIpv4Only();
    InetAddress local =
        request.local() == null
            ? InetAddress.getByAddress(new byte[ipv4Only ? 4 : 16])
            : request.local();
    int ofOwn = HeOptions.get(own, SOL_SOCKET, SO_REUSEADDR);
    try {
      HeOptions.set(own, SOL_SOCKET, SO_REUSEADDR, 1);
      HeOptions.set(other, SOL_SOCKET, SO_REUSEADDR, 1);
      HeOptions.bind(which, ipv4Only, local, request.localPort());
    } finally {
      HeOptions.set(own, SOL_SOCKET, SO_REUSEADDR, ofOwn);
      HeOptions.set(other, SOL_SOCKET, SO_REUSEADDR, ofOwn);
    }
  }
}
