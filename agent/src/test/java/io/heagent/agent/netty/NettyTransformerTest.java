package io.heagent.agent.netty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NettyTransformerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/netty/channel/epoll/AbstractEpollChannel",
        "io/grpc/netty/shaded/io/netty/channel/unix/Socket",
        "com/example/shaded/netty/channel/uring/IoUringSocketChannel",
        "io/netty/channel/kqueue/KQueueSocketChannel",
        "software/amazon/awssdk/crt/CRT"
      })
  void copiesUnderAnyNameAreFound(String name) {
    assertTrue(NettyTransformer.isWanted(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "",
        "/",
        "epoll/A",
        "io/netty/channel/nio/NioEventLoop",
        "io/netty/channel/epollx/A",
        "io/netty/channel/epoll",
        "com/example/Unix"
      })
  void onlyClassesOfNativeTransportsAreLookedAt(String name) {
    assertFalse(NettyTransformer.isWanted(name));
  }
}
