package io.heagent.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("jvm")
@Timeout(120)
class TlsMaterialTest {
  private static final int DNS_NAME = 2;

  @Test
  void certificateNamesTheHost() throws Exception {
    try (TlsMaterial tls = TlsMaterial.forHost("tls.test");
        InputStream pem = Files.newInputStream(tls.certificatePem())) {
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      assertEquals(
          List.of(List.of(DNS_NAME, "tls.test")),
          List.copyOf(certificate.getSubjectAlternativeNames()));
    }
  }

  @Test
  void keyIsPem() throws Exception {
    try (TlsMaterial tls = TlsMaterial.forHost("tls.test")) {
      assertTrue(Files.readString(tls.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n"));
    }
  }

  @Test
  void closeLeavesNothing() throws Exception {
    TlsMaterial tls = TlsMaterial.forHost("tls.test");
    tls.close();
    assertFalse(Files.exists(tls.keyPem().getParent()));
  }
}
