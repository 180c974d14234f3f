package io.heagent.nettyclients;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLParameters;

/**
 * Netty without anything around it, on epoll: a bootstrap, and for TLS Netty's handler with the
 * JDK's engine. It asks for a page and reads to the end.
 */
public final class PlainNettyClient {
  private PlainNettyClient() {}

  @SuppressWarnings("deprecation") // The one event loop that 4.1 and 4.2 both have.
  public static void main(String[] args) {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    Calls.make(args, target -> call(group, target));
  }

  private static String call(EventLoopGroup group, Target target) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    SslContext tls = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, target.timeoutMillis())
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (target.tls()) {
                      channel.pipeline().addLast(verifying(tls, channel, target));
                    }
                    channel.pipeline().addLast(new Page(answer));
                  }
                });
    Channel channel = bootstrap.connect(target.host(), target.port()).sync().channel();
    channel
        .writeAndFlush(
            Unpooled.copiedBuffer(
                "GET / HTTP/1.0\r\nHost: " + target.host() + "\r\n\r\n", StandardCharsets.US_ASCII))
        .sync();
    String page = answer.get();
    return channel.getClass().getSimpleName() + " " + page.substring(page.lastIndexOf("\r\n") + 2);
  }

  /** Netty 4.1 does not compare the name with the certificate unless it is told to. */
  private static SslHandler verifying(SslContext tls, Channel channel, Target target) {
    SslHandler handler = tls.newHandler(channel.alloc(), target.host(), target.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  /** Everything until the server closes. */
  private static final class Page extends SimpleChannelInboundHandler<ByteBuf> {
    private final StringBuilder page = new StringBuilder();
    private final CompletableFuture<String> answer;

    Page(CompletableFuture<String> answer) {
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      page.append(bytes.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.complete(page.toString());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }
}
