package org.passkeygraft.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every other way to write the address of a page that we could think of, or that once opened somebody's door. */
final class PathSpellings {
    private PathSpellings() {}

    /** Of a page in a folder, below the context {@code /sample} on this port. */
    static List<String> of(String path, int port) {
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
            all.add("/sample" + separator + folder + "/" + page);
            all.add("/sample/" + folder + separator + page);
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
            all.add("/sample/" + path + suffix);
        }
        for (String prefix : List.of(
                "/sample/public/../",
                "/sample/public/..;/",
                "/sample/public/%2e%2e/",
                "/sample/public/.%2e/",
                "/sample/public/%252e%252e/",
                "/sample/public/page/../../",
                "/sample/public/..%2f",
                "/sample/public/..%5c",
                "/sample/public/%2e%2e%2f",
                "/sample/public/%c0%ae%c0%ae/",
                "/sample/passkey/../",
                "/sample/passkey/..;/",
                "/sample/passkey/logon/../../",
                "/sample/passkey/logon/..;/..;/",
                "/sample/passkey/passkey.css/../../",
                "/sample/passkey/passkey.css/%2e%2e/%2e%2e/",
                "/sample/passkey/passkey.js/..;/..;/",
                "/sample/passkey/v-x/../../",
                "/sample;x/",
                "/sample;/",
                "//sample/",
                "/./sample/",
                "/x/../sample/",
                "/sample/../sample/",
                "/%73ample/",
                "/sample/api/me/../../",
                "/sample/;/",
                "/sample/.;/",
                "/sample/..;/sample/",
                "/sample/public/page;/../../",
                "/sample/public/page/;/..;/../")) {
            all.add(prefix + path);
        }
        all.add("/sample/" + path.replace("e", "%65"));
        all.add("/sample/" + path.replace("e", "%2565"));
        all.add("/sample/" + path.replace("e", "%c1%a5"));
        all.add("/sample/" + path.replace("e", "%ef%bd%85"));
        all.add("/sample/" + path.toUpperCase(Locale.ROOT));
        all.add("/sample/" + Character.toUpperCase(path.charAt(0)) + path.substring(1));
        all.add("http://localhost:" + port + "/sample/" + path);
        all.add("http://evil.example/sample/" + path);
        all.add("http://evil.example/sample//" + path);
        all.add("sample/" + path);
        return all;
    }
}
