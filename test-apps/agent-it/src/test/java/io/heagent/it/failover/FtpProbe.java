package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.commons.net.ftp.FTPClient;

/** Arguments: host, port. Retrieves a file by FTP, in every way that there is. */
public final class FtpProbe {
  private static final String FILE = "file";

  private interface Mode {
    void set(FTPClient client) throws IOException;
  }

  private FtpProbe() {}

  public static void main(String[] args) {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    for (String user : new String[] {"anonymous", "refused"}) {
      note("EPSV", user, () -> commons(host, port, user, FtpProbe::extended));
      note("PASV", user, () -> commons(host, port, user, FTPClient::enterLocalPassiveMode));
      note("the JDK's", user, () -> url("ftp://" + user + ":x@" + host + ":" + port + "/" + FILE));
    }
    note("active", "anonymous", () -> commons(host, port, "anonymous", FtpProbe::active));
  }

  private static void extended(FTPClient client) {
    client.enterLocalPassiveMode();
    client.setUseEPSVwithIPv4(true);
  }

  private static void active(FTPClient client) {
    client.enterLocalActiveMode();
  }

  private interface Fetch {
    String fetch() throws IOException;
  }

  private static void note(String way, String user, Fetch fetch) {
    Facts facts = new Facts(way + ", " + user);
    try {
      facts.put("content", fetch.fetch());
    } catch (IOException e) {
      facts.put("failure", e.getClass().getName());
    }
    facts.print();
  }

  private static String commons(String host, int port, String user, Mode mode) throws IOException {
    FTPClient client = new FTPClient();
    client.connect(host, port);
    try {
      client.login(user, "x");
      mode.set(client);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      client.retrieveFile(FILE, content);
      return content.toString(StandardCharsets.US_ASCII);
    } finally {
      client.disconnect();
    }
  }

  private static String url(String url) throws IOException {
    try (var in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
