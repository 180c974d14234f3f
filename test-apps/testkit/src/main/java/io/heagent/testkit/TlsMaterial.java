package io.heagent.testkit;

import io.heagent.testkit.jvm.Compilers;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed key made on the spot, for one host name: no key is kept in the repository. As a key
 * store for Java servers, a trust store for Java clients, and PEM files for everyone else.
 */
public final class TlsMaterial implements Closeable {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "lab";
  private static final int KEYTOOL_SECONDS = 60;

  /** By host name: keytool takes longer than all that is done with what it makes. */
  private static final Map<String, byte[]> STORES = new HashMap<>();

  private final TempDirectory directory;
  private final KeyStore keys;

  private TlsMaterial(TempDirectory directory, KeyStore keys) {
    this.directory = directory;
    this.keys = keys;
  }

  /**
   * A key and a certificate for this name (subject alternative name), with keytool: the same ones
   * each time in this JVM, in files of their own.
   */
  public static TlsMaterial forHost(String name) throws IOException {
    TempDirectory directory = TempDirectory.create("tls");
    try {
      TlsMaterial made = new TlsMaterial(directory, load(store(directory.path(), name)));
      made.writePem();
      made.writeTrustStore();
      return made;
    } catch (IOException | GeneralSecurityException e) {
      directory.close();
      throw new IOException("cannot make TLS material for " + name + ": " + e.getMessage(), e);
    }
  }

  /** The server's side. */
  public SSLContext serverContext() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JVM flags with which an unmodified Java client trusts this certificate. */
  public List<String> trustFlags() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  public Path certificatePem() {
    return directory.path().resolve("server.crt");
  }

  public Path keyPem() {
    return directory.path().resolve("server.key");
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }

  private Path trustStore() {
    return directory.path().resolve("trust.p12");
  }

  private void writePem() throws IOException, GeneralSecurityException {
    Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
    Files.writeString(
        certificatePem(), pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
    Files.writeString(keyPem(), pem("PRIVATE KEY", key.getEncoded()));
  }

  private void writeTrustStore() throws IOException, GeneralSecurityException {
    Certificate certificate = keys.getCertificate(ALIAS);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(ALIAS, certificate);
    try (var out = Files.newOutputStream(trustStore())) {
      trust.store(out, PASSWORD.toCharArray());
    }
  }

  private static byte[] store(Path directory, String name) throws IOException {
    synchronized (STORES) {
      byte[] made = STORES.get(name);
      if (made == null) {
        Path store = directory.resolve("keys.p12");
        keytool(store, name);
        made = Files.readAllBytes(store);
        STORES.put(name, made);
      }
      return made;
    }
  }

  private static KeyStore load(byte[] store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(store), PASSWORD.toCharArray());
    return keys;
  }

  // keytool and not an API: the JDK has no public one that issues certificates.
  private static void keytool(Path store, String name) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J" + Compilers.WITHOUT_C2,
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-alias",
            ALIAS,
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=dns:" + name,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Path log = store.resolveSibling("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool failed: " + Files.readString(log).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    } finally {
      keytool.destroyForcibly();
    }
  }

  private static String pem(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
