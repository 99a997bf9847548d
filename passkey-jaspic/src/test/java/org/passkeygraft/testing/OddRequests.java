package org.passkeygraft.testing;

import java.util.List;

/** What else a request can be made of that once got somebody past a protection; beside {@link PathSpellings}. */
public final class OddRequests {
    /** Methods that no page expects, and spellings of those that it does. */
    public static final List<String> METHODS = List.of(
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "PROPFIND",
            "FOO",
            "get",
            "Get",
            "GETX",
            "head",
            "DEBUG",
            "ACL");

    /** Headers that some server, proxy or framework believes; {@code %s} stands for the address of a protected page. */
    public static final List<String> HEADERS = List.of(
            "X-Original-URL: %s",
            "X-Rewrite-URL: %s",
            "X-Forwarded-Prefix: %s",
            "X-HTTP-Method-Override: GET",
            "X-Forwarded-User: alice",
            "Remote-User: alice",
            "X-Remote-User: alice",
            "Authorization: Basic YWxpY2U6YWxpY2U=");

    /** Addresses below a context that must not give away what is inside any application with our pages. */
    public static final List<String> INSIDE = List.of(
            "WEB-INF",
            "WEB-INF/",
            "WEB-INF/web.xml",
            "WEB-INF/passkey.properties",
            "WEB-INF/passkey/logon.jsp",
            "%57EB-INF/web.xml",
            "WEB%2dINF/web.xml",
            "web-inf/web.xml",
            "WEB-INF;/web.xml",
            "WEB-INF;x/web.xml",
            ";/WEB-INF/web.xml",
            "/WEB-INF/web.xml",
            "./WEB-INF/web.xml",
            "%2e/WEB-INF/web.xml",
            "public/../WEB-INF/web.xml",
            "public/%2e%2e/WEB-INF/web.xml",
            "public/..;/WEB-INF/web.xml",
            "passkey/../WEB-INF/web.xml",
            "%2fWEB-INF/web.xml",
            "WEB-INF%2fweb.xml",
            "WEB-INF%5cweb.xml",
            "WEB-INF/web.xml%00",
            "WEB-INF/web.xml%00.css",
            "WEB-INF./web.xml",
            "WEB-INF%20/web.xml",
            "WEB-INF/./web.xml",
            "%252e/WEB-INF/web.xml",
            "WEB-INF/web.xml/",
            "META-INF/context.xml",
            "META-INF/MANIFEST.MF",
            "passkey/%2e%2e/WEB-INF/passkey/logon.jsp",
            "passkey/v-x/../../WEB-INF/web.xml",
            "WEB-INF/lib/",
            "WEB-INF/classes/");

    private OddRequests() {}
}
