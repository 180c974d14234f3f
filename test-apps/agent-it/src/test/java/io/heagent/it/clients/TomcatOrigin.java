package io.heagent.it.clients;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.TempDirectory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.server.WsSci;

/** A server on one address: HTTP/1.1 and WebSocket at one port, HTTP/2 over TLS at another. */
final class TomcatOrigin implements Closeable {
  // Held in a field: the level of a logger that nobody holds is collected with it.
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  private final TempDirectory directory = TempDirectory.create("tomcat");
  private final Tomcat tomcat = new Tomcat();

  TomcatOrigin(String address, int port, int tlsPort, TlsMaterial tls) throws Exception {
    LOGGER.setLevel(Level.WARNING);
    // A server before this one may have set the property, and Tomcat would make that server's
    // directory again.
    System.clearProperty(Globals.CATALINA_HOME_PROP);
    tomcat.setBaseDir(directory.path().toString());
    tomcat.setSilent(true);
    tomcat.setConnector(connector(address, port));
    Connector secure = connector(address, tlsPort);
    secure.setSecure(true);
    secure.setScheme("https");
    secure.setProperty("SSLEnabled", "true");
    secure.addUpgradeProtocol(new Http2Protocol());
    SSLHostConfig host = new SSLHostConfig();
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateFile(tls.certificatePem().toString());
    certificate.setCertificateKeyFile(tls.keyPem().toString());
    host.addCertificate(certificate);
    secure.addSslHostConfig(host);
    tomcat.getService().addConnector(secure);
    Context context = tomcat.addContext("", directory.path().toString());
    Tomcat.addServlet(context, "address", new AddressServlet());
    context.addServletMapping("/*", "address");
    context.addServletContainerInitializer(new WsSci(), null);
    tomcat.start();
    ((ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName()))
        .addEndpoint(ServerEndpointConfig.Builder.create(Greeter.class, "/ws").build());
  }

  private static Connector connector(String address, int port) {
    Connector connector = new Connector();
    connector.setProperty("address", address);
    connector.setPort(port);
    return connector;
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException(e);
    } finally {
      directory.close();
    }
  }

  static final class AddressServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      response.getWriter().println("served by " + request.getLocalAddr());
    }
  }

  /** Sends the address that the lab has given it, as soon as somebody is there. */
  public static final class Greeter extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      try {
        session.getBasicRemote().sendText(Hosts.GOOD);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
