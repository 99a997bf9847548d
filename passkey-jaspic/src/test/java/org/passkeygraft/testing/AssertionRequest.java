package org.passkeygraft.testing;

import java.util.Comparator;
import java.util.List;
import org.passkeygraft.Bytes;

/** What an authenticator needs to know of PublicKeyCredentialRequestOptionsJSON. */
record AssertionRequest(String rpId, String challenge, List<Bytes> allowed, String userVerification) {
    static AssertionRequest read(String optionsJson, String origin) {
        Members options = JsonText.parseObject(optionsJson);
        return new AssertionRequest(
                Options.text(options, "rpId", SoftwareAuthenticator.host(origin)),
                Options.requireText(options, "challenge"),
                Options.objects(options, "allowCredentials").stream()
                        .map(Options::credentialId)
                        .toList(),
                Options.text(options, "userVerification", "preferred"));
    }

    boolean admits(SoftwareCredential candidate) {
        return allowed.isEmpty() ? candidate.discoverable() : allowed.contains(candidate.id());
    }

    /** The first that is listed, the newest if nothing is. */
    SoftwareCredential preferred(List<SoftwareCredential> fitting) {
        if (allowed.isEmpty()) {
            return fitting.get(fitting.size() - 1);
        }
        return fitting.stream()
                .min(Comparator.comparingInt(candidate -> allowed.indexOf(candidate.id())))
                .orElseThrow();
    }
}
