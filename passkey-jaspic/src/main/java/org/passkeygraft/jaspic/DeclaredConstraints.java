package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Whether an application relies on its container to keep callers out: a {@code security-constraint} that names roles or
 * forbids, in web.xml or a fragment, or a {@code @ServletSecurity}. Such an application must never start without a module.
 */
final class DeclaredConstraints {
    private DeclaredConstraints() {}

    static boolean exist(ServletContext context, @Nullable Set<Class<?>> annotated) throws IOException {
        if (annotated != null && annotated.stream().anyMatch(type -> type.isAnnotationPresent(ServletSecurity.class))) {
            return true;
        }
        for (URL descriptor : descriptors(context)) {
            if (constrains(descriptor)) {
                return true;
            }
        }
        return false;
    }

    private static List<URL> descriptors(ServletContext context) throws IOException {
        List<URL> descriptors = new ArrayList<>();
        Optional.ofNullable(context.getResource("/WEB-INF/web.xml")).ifPresent(descriptors::add);
        descriptors.addAll(Collections.list(context.getClassLoader().getResources("META-INF/web-fragment.xml")));
        return descriptors;
    }

    private static boolean constrains(URL descriptor) throws IOException {
        try (InputStream xml = descriptor.openStream()) {
            NodeList constraints = parse(xml).getElementsByTagNameNS("*", "security-constraint");
            for (int i = 0; i < constraints.getLength(); i++) {
                Element constraint = (Element) constraints.item(i);
                if (constraint.getElementsByTagNameNS("*", "auth-constraint").getLength() > 0) {
                    return true;
                }
            }
            return false;
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException(descriptor + " cannot be read", unreadable);
        }
    }

    private static Document parse(InputStream xml) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setNamespaceAware(true);
        var builder = factory.newDocumentBuilder();
        // Old descriptors name a DTD on the network: nothing is fetched.
        builder.setEntityResolver((publicId, systemId) -> new InputSource(InputStream.nullInputStream()));
        return builder.parse(xml);
    }
}
