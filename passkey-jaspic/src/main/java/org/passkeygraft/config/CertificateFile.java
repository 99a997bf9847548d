package org.passkeygraft.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;

/** X.509 certificates, each between its BEGIN and END (RFC 7468). */
final class CertificateFile {
    private CertificateFile() {}

    /** At least one. */
    static Set<X509Certificate> read(Path file) throws UnfitException {
        try (InputStream content = Files.newInputStream(file)) {
            Set<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                            .map(X509Certificate.class::cast)
                            .collect(Collectors.toUnmodifiableSet());
            if (certificates.isEmpty()) {
                throw new UnfitException("the file holds no certificate: put the roots there, in PEM");
            }
            return certificates;
        } catch (IOException unreadable) {
            throw new UnfitException("the file cannot be read: name one that the server may read");
        } catch (CertificateException malformed) {
            throw new UnfitException("the file is damaged: put X.509 certificates there, in PEM");
        }
    }
}
