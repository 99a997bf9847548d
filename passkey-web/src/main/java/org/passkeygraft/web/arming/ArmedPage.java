package org.passkeygraft.web.arming;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Arms one page, or says why not. */
final class ArmedPage {
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
    /** A path with one reading, on this host. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(?!//)[A-Za-z0-9/._~-]*");
    /** What names no other host: anything behind a first step that is plain. */
    private static final Pattern PLAIN_BEGINNING =
            Pattern.compile("/?([A-Za-z0-9._~%+!$*,=@()-]+([/?;#].*)?)?|[?#].*", Pattern.DOTALL);

    private final Set<String> origins;
    private final UnaryOperator<String> script;

    /**
     * @param origins where the application is reached
     * @param script the script element, ASCII, for a nonce or for none
     */
    ArmedPage(Set<String> origins, UnaryOperator<String> script) {
        this.origins = origins;
        this.script = script;
    }

    /**
     * The page, armed.
     *
     * @param page its characters, or its bytes as ISO 8859-1
     * @param policies values of the header Content-Security-Policy
     */
    String of(String page, List<String> policies) throws DoubtException {
        List<Tag> tags = PageScanner.scan(page);
        LoginForm form = LoginForm.find(tags);
        requireOwnBase(tags);
        requireOwnAction(form);
        List<ContentPolicy> all = new ArrayList<>();
        policies.forEach(policy -> all.addAll(ContentPolicy.parse(policy)));
        Set<String> nonces = new LinkedHashSet<>();
        for (Tag tag : tags) {
            if (isPolicy(tag)) {
                all.addAll(ContentPolicy.parse(plain(tag.value("content"))));
            }
            if (tag.opens("script")) {
                refuseSecondScript(tag);
                tag.attribute("nonce")
                        .filter(nonce -> NONCE.matcher(nonce.value()).matches())
                        .ifPresent(nonce -> nonces.add(nonce.value()));
            }
        }
        return form.armed(page, script.apply(ContentPolicy.nonce(all, nonces, origins)));
    }

    private static boolean isPolicy(Tag tag) {
        return tag.opens("meta")
                && tag.value("http-equiv").strip().toLowerCase(Locale.ROOT).equals("content-security-policy");
    }

    private static String plain(String value) throws DoubtException {
        if (value.contains("&")) {
            throw new DoubtException("its Content-Security-Policy is written with character references");
        }
        return value;
    }

    private static void refuseSecondScript(Tag tag) throws DoubtException {
        if (tag.value("src").contains("/passkey/") && tag.value("src").contains("passkey-form.js")) {
            throw new DoubtException("it has the script already");
        }
    }

    /** A base elsewhere would make the script's address another site's. */
    private void requireOwnBase(List<Tag> tags) throws DoubtException {
        for (Tag tag : tags) {
            String base = tag.opens("base") ? tag.value("href") : "";
            String path = withoutOwnOrigin(base);
            boolean behindOrigin = path.isEmpty() || path.startsWith("/") || path.equals(base);
            if (!behindOrigin || !PLAIN_PATH.matcher(path).matches()) {
                throw new DoubtException("its base is no plain path and not an origin of this application");
            }
        }
    }

    /** The form would take a ticket to whoever its action names. */
    private void requireOwnAction(LoginForm form) throws DoubtException {
        // Section 4.4 of the URL standard: what browsers drop before they read.
        String action = form.tag().value("action").replaceAll("[\t\n\r]", "").strip();
        String path = withoutOwnOrigin(action);
        boolean own = path.equals(action) ? PLAIN_BEGINNING.matcher(path).matches() : path.matches("(?s)([/?#].*)?");
        if (!own) {
            throw new DoubtException("its form may lead to another site");
        }
    }

    private String withoutOwnOrigin(String address) {
        return origins.stream()
                .filter(address::startsWith)
                .map(origin -> address.substring(origin.length()))
                .filter(rest -> rest.isEmpty() || rest.startsWith("/"))
                .findFirst()
                .orElse(address);
    }
}
