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
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * gRPC over its shaded Netty: a unary call, whose deadline is the timeout too. TLS is by the native
 * code that it brings along. The servers run in the same JVM, on the address that {@code -Dserver=}
 * names; {@code -Dcertificate=} and {@code -Dkey=} are files.
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

  public static void main(String[] args) throws IOException {
    // Where the first calls of each kind go.
    Map<Boolean, Server> servers = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      Target target = Target.of(args[i], args[i + 1]);
      if (!servers.containsKey(target.tls())) {
        servers.put(target.tls(), serve(target));
      }
    }
    Calls.make(args, GrpcClient::call);
  }

  private static Server serve(Target target) throws IOException {
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
    NettyServerBuilder server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(System.getProperty("server"), target.port()))
            .addService(
                ServerServiceDefinition.builder("heagent.Peer").addMethod(WHERE, handler).build());
    if (target.tls()) {
      server.useTransportSecurity(
          new File(System.getProperty("certificate")), new File(System.getProperty("key")));
    }
    return server.build().start();
  }

  private static String call(Target target) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget("dns:///" + target.host() + ":" + target.port())
            .disableServiceConfigLookUp()
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(target.timeoutMillis(), 20_000));
    ManagedChannel channel = (target.tls() ? builder : builder.usePlaintext()).build();
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(target.timeoutMillis(), TimeUnit.MILLISECONDS);
      String answer = ClientCalls.blockingUnaryCall(channel, WHERE, options, "where");
      String transport = Epoll.isAvailable() ? "epoll " : "nio ";
      String security = target.tls() && OpenSsl.isAvailable() ? "OpenSSL " : "";
      return transport + security + answer;
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
