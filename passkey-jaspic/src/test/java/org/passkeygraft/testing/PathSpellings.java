package org.passkeygraft.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every other way to write the address of a page that we could think of, or that once opened somebody's door. */
public final class PathSpellings {
    private PathSpellings() {}

    /** Of a page in a folder, below this context on this port. */
    public static List<String> of(String context, String path, int port) {
        String folder = path.substring(0, path.indexOf('/'));
        String page = path.substring(path.indexOf('/') + 1);
        List<String> all = new ArrayList<>();
        for (String separator : List.of(
                "/",
                "//",
                "///",
                "/./",
                "/%2e/",
                "/%2E/",
                "/;/",
                "/;x/",
                "/;x=y/",
                "/.;/",
                "/;jsessionid=1/",
                "%2f",
                "%2F",
                "/%2f",
                "%2f/",
                "%5c",
                "\\",
                "/%5c",
                "%252f",
                "%c0%af",
                "%e0%80%af",
                "%ef%bc%8f",
                "/%00/",
                "%00/",
                "/x/../",
                "/x/..;/",
                "/x/%2e%2e/",
                "/x/%2e%2e;y/",
                "/x/.%2e/",
                "/%20/",
                "/%09/")) {
            all.add(context + separator + folder + "/" + page);
            all.add(context + "/" + folder + separator + page);
        }
        for (String suffix : List.of(
                "/",
                "//",
                "/.",
                "/./",
                "/%2e",
                ";",
                ";x",
                ";x=/",
                ";jsessionid=1",
                ".",
                "..",
                "%20",
                "%09",
                "%00",
                "%00.css",
                "%2e",
                "%2f",
                "%3b",
                "%3f",
                "%23",
                "?x",
                "#x",
                ".css",
                ";.css",
                "/x/..",
                "/x/%2e%2e",
                "%0d%0a",
                "%0a",
                "%",
                "%2",
                "%zz",
                "%u002f",
                "~",
                "::$DATA",
                "%c0%80",
                "%ff")) {
            all.add(context + "/" + path + suffix);
        }
        for (String prefix : List.of(
                context + "/public/../",
                context + "/public/..;/",
                context + "/public/%2e%2e/",
                context + "/public/.%2e/",
                context + "/public/%252e%252e/",
                context + "/public/page/../../",
                context + "/public/..%2f",
                context + "/public/..%5c",
                context + "/public/%2e%2e%2f",
                context + "/public/%c0%ae%c0%ae/",
                context + "/passkey/../",
                context + "/passkey/..;/",
                context + "/passkey/logon/../../",
                context + "/passkey/logon/..;/..;/",
                context + "/passkey/passkey.css/../../",
                context + "/passkey/passkey.css/%2e%2e/%2e%2e/",
                context + "/passkey/passkey.js/..;/..;/",
                context + "/passkey/v-x/../../",
                context + ";x/",
                context + ";/",
                "/" + context + "/",
                "/." + context + "/",
                "/x/.." + context + "/",
                context + "/.." + context + "/",
                "/%" + Integer.toHexString(context.charAt(1)) + context.substring(2) + "/",
                context + "/api/me/../../",
                context + "/;/",
                context + "/.;/",
                context + "/..;" + context + "/",
                context + "/public/page;/../../",
                context + "/public/page/;/..;/../")) {
            all.add(prefix + path);
        }
        all.add(context + "/" + path.replace("e", "%65"));
        all.add(context + "/" + path.replace("e", "%2565"));
        all.add(context + "/" + path.replace("e", "%c1%a5"));
        all.add(context + "/" + path.replace("e", "%ef%bd%85"));
        all.add(context + "/" + path.toUpperCase(Locale.ROOT));
        all.add(context + "/" + Character.toUpperCase(path.charAt(0)) + path.substring(1));
        all.add("http://localhost:" + port + context + "/" + path);
        all.add("http://evil.example" + context + "/" + path);
        all.add("http://evil.example" + context + "//" + path);
        all.add(context.substring(1) + "/" + path);
        return all;
    }
}
