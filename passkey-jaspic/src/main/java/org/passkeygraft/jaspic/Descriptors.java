package org.passkeygraft.jaspic;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration.Declared;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What an application's descriptors say of logons: web.xml first, then the fragments. */
final class Descriptors {
    private final List<Document> documents;

    private Descriptors(List<Document> documents) {
        this.documents = documents;
    }

    static Descriptors of(ServletContext context) throws IOException {
        List<URL> places = new ArrayList<>();
        Optional.ofNullable(context.getResource("/WEB-INF/web.xml")).ifPresent(places::add);
        places.addAll(Collections.list(context.getClassLoader().getResources("META-INF/web-fragment.xml")));
        List<Document> documents = new ArrayList<>();
        for (URL place : places) {
            documents.add(parse(place));
        }
        return new Descriptors(documents);
    }

    /**
     * Whether the application relies on its container to keep callers out: a {@code security-constraint} that names roles or
     * forbids, or a {@code @ServletSecurity}. Such an application must never start without a module.
     *
     * @param annotated classes with that annotation, null for none
     */
    boolean constrain(@Nullable Set<Class<?>> annotated) {
        return (annotated != null
                        && annotated.stream().anyMatch(type -> type.isAnnotationPresent(ServletSecurity.class)))
                || all("security-constraint")
                        .anyMatch(constraint -> elements(constraint, "auth-constraint")
                                .findAny()
                                .isPresent());
    }

    /** Patterns whose constraint names methods and leaves all others open (Servlet 6.0, section 13.8.4). */
    List<String> methodsLeftOpen() {
        if (all("deny-uncovered-http-methods").findAny().isPresent()) {
            return List.of();
        }
        return all("security-constraint")
                .filter(constraint ->
                        elements(constraint, "auth-constraint").findAny().isPresent())
                .flatMap(constraint -> elements(constraint, "web-resource-collection"))
                .filter(resources ->
                        elements(resources, "http-method").findAny().isPresent())
                .flatMap(resources -> texts(resources, "url-pattern").stream())
                .distinct()
                .toList();
    }

    /**
     * Returns what the application says of its own logon.
     *
     * @param annotated classes with a {@code @ServletSecurity}, null where nobody has looked for them
     */
    Declared declared(@Nullable Set<Class<?>> annotated) {
        boolean byAnnotation = annotated != null && annotated.stream().anyMatch(Descriptors::isConfidential);
        boolean byDescriptor = all("transport-guarantee")
                .anyMatch(guarantee -> !guarantee.getTextContent().strip().equals("NONE"));
        Set<String> formPages = Stream.of("form-login-page", "form-error-page")
                .flatMap(name -> all(name))
                .map(page -> page.getTextContent().strip())
                .map(page -> page.split("[?#]", 2)[0])
                .collect(Collectors.toSet());
        return new Declared(byAnnotation || byDescriptor, formPages);
    }

    private static boolean isConfidential(Class<?> type) {
        ServletSecurity said = type.getAnnotation(ServletSecurity.class);
        return said != null
                && Stream.concat(
                                Stream.of(said.value().transportGuarantee()),
                                Stream.of(said.httpMethodConstraints()).map(HttpMethodConstraint::transportGuarantee))
                        .anyMatch(TransportGuarantee.CONFIDENTIAL::equals);
    }

    /** Whether the first {@code login-config} says BASIC. */
    boolean sayBasic() {
        return ofLoginConfig("auth-method").filter("BASIC"::equalsIgnoreCase).isPresent();
    }

    /** Whether the first {@code login-config} says another method than FORM. */
    boolean sayOtherThanForm() {
        return ofLoginConfig("auth-method")
                .filter(method -> !method.equalsIgnoreCase("FORM"))
                .isPresent();
    }

    Optional<String> realmName() {
        return ofLoginConfig("realm-name");
    }

    boolean declareFilter(String filterClass) {
        return all("filter").anyMatch(filter -> texts(filter, "filter-class").contains(filterClass));
    }

    /** Whether a filter of this class is mapped to every path in every dispatch. */
    boolean mapToEverything(String filterClass) {
        Set<String> names = all("filter")
                .filter(filter -> texts(filter, "filter-class").contains(filterClass))
                .flatMap(filter -> texts(filter, "filter-name").stream())
                .collect(Collectors.toSet());
        Set<String> dispatchers = all("filter-mapping")
                .filter(mapping -> !Collections.disjoint(names, texts(mapping, "filter-name"))
                        && texts(mapping, "url-pattern").contains("/*"))
                .flatMap(mapping -> texts(mapping, "dispatcher").stream())
                .collect(Collectors.toSet());
        return dispatchers.containsAll(
                Stream.of(DispatcherType.values()).map(Enum::name).toList());
    }

    private Stream<Element> all(String name) {
        return documents.stream().flatMap(document -> elements(document.getDocumentElement(), name));
    }

    private static List<String> texts(Element parent, String name) {
        return elements(parent, name)
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private Optional<String> ofLoginConfig(String name) {
        return all("login-config")
                .findFirst()
                .flatMap(config -> texts(config, name).stream().findFirst())
                .filter(text -> !text.isEmpty());
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements.stream();
    }

    private static Document parse(URL place) throws IOException {
        try (InputStream xml = place.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            // Old descriptors name a DTD on the network: nothing is fetched.
            builder.setEntityResolver((publicId, systemId) -> new InputSource(InputStream.nullInputStream()));
            return builder.parse(xml);
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException(place + " cannot be read", unreadable);
        }
    }
}
