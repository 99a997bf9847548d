package org.passkeygraft.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.passkeygraft.policy.LogonSuffixes;

/** Names and places on the web, as strictly as browsers compare them. */
final class WebParser {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,6}))?");
    private static final Pattern ANDROID = Pattern.compile("android:apk-key-hash:[A-Za-z0-9_-]{43}");
    private static final Pattern CIDR = Pattern.compile("([0-9a-fA-F:.]+)(?:/([0-9]{1,3}))?");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");

    private WebParser() {}

    /** An RP ID: a valid domain string (WebAuthn Level 3, section 4), as browsers spell it. */
    static String domain(String text) throws UnfitException {
        if (text.contains("/") || text.contains(":")) {
            throw new UnfitException("write the bare domain, without scheme, port or path");
        }
        if (!text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new UnfitException("write it in lower case: " + text.toLowerCase(Locale.ROOT));
        }
        if (text.chars().anyMatch(character -> character > 0x7f)) {
            throw new UnfitException("write it in ASCII" + asciiHint(text));
        }
        if (!hasLabels(text)) {
            throw new UnfitException("write a domain such as example.org");
        }
        if (text.matches("(.*\\.)?([0-9]+|0x[0-9a-f]*)")) {
            throw new UnfitException("an IP address cannot have passkeys: write a domain, for a trial localhost");
        }
        return text;
    }

    private static boolean hasLabels(String host) {
        return host.length() <= 253
                && Pattern.compile("\\.").splitAsStream(host + ".x").allMatch(LABEL.asMatchPredicate());
    }

    /** An origin exactly as browsers send it (RFC 6454, section 6.2): lower case, no default port, no slash. */
    static String origin(String text) throws UnfitException {
        Matcher matcher = ORIGIN.matcher(text);
        if (!matcher.matches() || !(text.contains("[") || hasLabels(matcher.group(2)))) {
            throw new UnfitException("write origins like https://www.example.org or https://www.example.org:8443,"
                    + " in lower case and without path or slash at the end");
        }
        String port = matcher.group(3);
        if (port == null) {
            return text;
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535 || port.startsWith("0")) {
            throw new UnfitException("the port goes from 1 to 65535");
        }
        if (number == (matcher.group(1).equals("https") ? 443 : 80)) {
            throw new UnfitException("browsers leave the default port out: drop :" + port);
        }
        return text;
    }

    /** An origin of a ceremony: also that of an Android application, which names its signing key, taken verbatim. */
    static String ceremonyOrigin(String text) throws UnfitException {
        if (!text.startsWith("android:")) {
            return origin(text);
        }
        if (!ANDROID.matcher(text).matches()) {
            throw new UnfitException(
                    "write android:apk-key-hash: and the SHA-256 of the application's signing certificate in"
                            + " base64url, 43 characters without padding");
        }
        return text;
    }

    /** A path below the context. */
    static String path(String text) throws UnfitException {
        URI uri = uri(text);
        if (!text.startsWith("/") || text.startsWith("//") || uri.isAbsolute() || uri.getRawFragment() != null) {
            throw new UnfitException("write a path that begins with one slash, such as /index.jsp");
        }
        // Decoded: a container may take %2e for a dot.
        if (Pattern.compile("//|/\\.{1,2}(/|$)").matcher(uri.getPath()).find()) {
            throw new UnfitException("write the path without ., .. or //");
        }
        return text;
    }

    /** A path below the context and nothing more, as the container reads it: decoded. */
    static String barePath(String text) throws UnfitException {
        URI uri = uri(path(text));
        if (uri.getRawQuery() != null || text.contains(";")) {
            throw new UnfitException("write the path alone, without ? or ;, such as /login.jsp");
        }
        return uri.getPath();
    }

    /** The path of the application as browsers see it, without a slash at its end; empty for the host's root. */
    static String publicPath(String text) throws UnfitException {
        barePath(text);
        if (text.length() > 1 && text.endsWith("/")) {
            throw new UnfitException("write the path without a slash at its end, such as /portal/app");
        }
        return text.equals("/") ? "" : text;
    }

    /** A path below the context, or a page elsewhere. */
    static URI page(String text) throws UnfitException {
        URI uri = uri(text);
        boolean elsewhere =
                ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        if (!elsewhere) {
            path(text);
        }
        return uri;
    }

    /** What may follow a user name after an {@code @}; empty for nothing. */
    static String logonSuffix(String text) throws UnfitException {
        if (!text.isEmpty() && !LogonSuffixes.isSuffix(text)) {
            throw new UnfitException("write at most 100 characters without @, comma or blank, such as corp.example");
        }
        return text;
    }

    /** An AppID of U2F, as browsers take it: an https URL of a named host, without a path of one slash. */
    static String appId(String text) throws UnfitException {
        URI uri = uri(text);
        String host = uri.getHost();
        if (!"https".equals(uri.getScheme()) || host == null || uri.getRawFragment() != null) {
            throw new UnfitException(
                    "write the AppID as the keys were registered, such as https://example.org/app-id.json");
        }
        if ("/".equals(uri.getRawPath()) || IPV4.matcher(host).matches() || host.startsWith("[")) {
            throw new UnfitException("browsers take no AppID whose path is a lone slash, and none of an IP address");
        }
        return text;
    }

    /** An address or a CIDR block, never a name that would have to be looked up. */
    static String addresses(String text) throws UnfitException {
        Matcher matcher = CIDR.matcher(text);
        if (!matcher.matches()) {
            throw unfitAddress();
        }
        String address = matcher.group(1);
        boolean four = IPV4.matcher(address).matches();
        if (!four && !isIpv6(address)) {
            throw unfitAddress();
        }
        String prefix = matcher.group(2);
        if (prefix != null && Integer.parseInt(prefix) > (four ? 32 : 128)) {
            throw unfitAddress();
        }
        return text;
    }

    private static boolean isIpv6(String address) {
        try {
            // In brackets a URI accepts nothing but an IPv6 literal.
            return address.contains(":")
                    && new URI("http", null, "[" + address + "]", -1, "/", null, null).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static UnfitException unfitAddress() {
        return new UnfitException("write addresses or blocks such as 10.0.0.5 or 10.0.0.0/8, not names");
    }

    private static URI uri(String text) throws UnfitException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new UnfitException("write a path that begins with one slash, such as /index.jsp");
        }
    }

    private static String asciiHint(String text) {
        try {
            return ": " + IDN.toASCII(text);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
