package io.heagent.nettyclients;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * gRPC over its shaded Netty: a unary call, whose deadline is the timeout too. The server runs in
 * the same JVM, on the address that {@code -Dserver=} names.
 */
public final class GrpcClient {
  private static final MethodDescriptor<String, String> WHERE =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("heagent.Peer/Where")
          .setRequestMarshaller(new Text())
          .setResponseMarshaller(new Text())
          .build();

  private GrpcClient() {}

  public static void main(String[] args) throws Exception {
    Server server = serve(Integer.parseInt(args[0]));
    try {
      Calls.make(args, GrpcClient::call);
    } finally {
      server.shutdownNow();
    }
  }

  private static Server serve(int port) throws IOException {
    ServerCallHandler<String, String> handler =
        (call, headers) -> {
          Object local = call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
          String address = ((InetSocketAddress) local).getAddress().getHostAddress();
          return ServerCalls.<String, String>asyncUnaryCall(
                  (question, answers) -> {
                    answers.onNext("served by " + address);
                    answers.onCompleted();
                  })
              .startCall(call, headers);
        };
    return NettyServerBuilder.forAddress(new InetSocketAddress(System.getProperty("server"), port))
        .addService(
            ServerServiceDefinition.builder("heagent.Peer").addMethod(WHERE, handler).build())
        .build()
        .start();
  }

  private static String call(String host, int port, int timeoutMillis) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget("dns:///" + host + ":" + port)
            .usePlaintext()
            .disableServiceConfigLookUp()
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(timeoutMillis, 20_000))
            .build();
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS);
      String answer = ClientCalls.blockingUnaryCall(channel, WHERE, options, "where");
      return (Epoll.isAvailable() ? "epoll " : "nio ") + answer;
    } finally {
      channel.shutdownNow();
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
