package org.passkeygraft.config;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** What the ways to users are configured with. */
final class MessagingParser {
    private static final Pattern E_MAIL = Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|[0-9a-fA-F:.]{2,45}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private MessagingParser() {}

    static boolean isThisMachine(String host) {
        return THIS_MACHINE.contains(host);
    }

    static String host(String text) throws UnfitException {
        if (!HOST.matcher(text).matches()) {
            throw new UnfitException("write the bare name of the server, such as mail.example.org");
        }
        return text;
    }

    static String eMail(String text) throws UnfitException {
        if (!E_MAIL.matcher(text).matches()) {
            throw new UnfitException("write one plain address, such as no-reply@example.org");
        }
        return text;
    }

    /** Codes are in it: encrypted, but to this machine. */
    static URI gateway(String text) throws UnfitException {
        URI uri = WebParser.page(text);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new UnfitException(
                    "write the address that texts are posted to, such as https://sms.example.org/send");
        }
        if (!"https".equals(uri.getScheme()) && !isThisMachine(uri.getHost())) {
            throw new UnfitException("write https: codes go there, and are for nobody in between");
        }
        return uri;
    }

    static Secret headerValue(String text) throws UnfitException {
        if (!HEADER_VALUE.matcher(text).matches()) {
            throw new UnfitException("write what follows Authorization: in a request, in one line, such as Bearer ...");
        }
        return new Secret(text);
    }

    static String body(String text) throws UnfitException {
        if (!text.startsWith("{") || !text.endsWith("}") || !text.contains("{to}") || !text.contains("{text}")) {
            throw new UnfitException("write a JSON object with {to} and {text} inside its texts, such as"
                    + " {\"to\": \"{to}\", \"message\": \"{text}\"}");
        }
        return text;
    }
}
