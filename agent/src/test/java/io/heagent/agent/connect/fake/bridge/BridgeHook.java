package io.heagent.agent.connect.fake.bridge;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.file.Files;
import java.nio.file.Path;
import sun.nio.ch.HeHook;

/** Gives the bridge the class files that it asks for, as the agent does, and has no other hook. */
final class BridgeHook extends HeHook {

  private final Path folder;

  BridgeHook(Path folder) {
    this.folder = folder;
  }

  @Override
  protected byte[] onClassFile(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name + ".class"));
  }

  @Override
  protected void onFailure(Throwable unexpected) {
    throw new AssertionError(unexpected);
  }

  @Override
  protected Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected SocketAddress onRemote(Object call) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onEnd(Object call) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int onConnect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected IOException onFailed() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onBind(Object impl, SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onOption(SocketOption<?> option) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int onPollConnect(FileDescriptor fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int onInterest(Object channel, Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean onReady(Object channel, Object key, boolean connected) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean onSelecting(Object selector) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected long onSelected(int found, long timeout, long start) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onSelectFailed() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onWokenUp(Object selector) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean onSelectedLate(Object selector) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onClosing(Object channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected InetAddress onLookUp(String host) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void onLookedUp(String host, InetAddress[] found) {
    throw new UnsupportedOperationException();
  }
}
