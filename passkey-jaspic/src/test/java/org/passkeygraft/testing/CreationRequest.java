package org.passkeygraft.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.passkeygraft.Bytes;

/** What an authenticator needs to know of PublicKeyCredentialCreationOptionsJSON. */
record CreationRequest(
        String rpId,
        String challenge,
        Bytes userHandle,
        List<Integer> algorithms,
        Set<Bytes> excluded,
        String residentKey,
        String userVerification,
        boolean asksCredProps) {
    static CreationRequest read(String optionsJson, String origin) {
        Members options = JsonText.parseObject(optionsJson);
        Members selection = Options.object(options, "authenticatorSelection");
        List<Integer> algorithms = Options.objects(options, "pubKeyCredParams").stream()
                .map(parameter -> ((Double) parameter.get("alg")).intValue())
                .toList();
        return new CreationRequest(
                Options.text(Options.object(options, "rp"), "id", SoftwareAuthenticator.host(origin)),
                Options.requireText(options, "challenge"),
                Bytes.require(Options.requireText(Options.object(options, "user"), "id")),
                algorithms,
                Options.objects(options, "excludeCredentials").stream()
                        .map(Options::credentialId)
                        .collect(Collectors.toUnmodifiableSet()),
                Options.text(
                        selection,
                        "residentKey",
                        Options.flag(selection, "requireResidentKey") ? "required" : "discouraged"),
                Options.text(selection, "userVerification", "preferred"),
                Options.flag(Options.object(options, "extensions"), "credProps"));
    }

    /** The relying party's favourite among those that the device can do. */
    CoseAlgorithm firstOf(Set<CoseAlgorithm> able) {
        return algorithms.stream()
                .flatMap(wanted -> able.stream().filter(algorithm -> algorithm.identifier() == wanted))
                .findFirst()
                .orElseThrow(() -> new CeremonyRefusedException("NotSupportedError", "no common algorithm"));
    }

    boolean discoverable(boolean able) {
        if (residentKey.equals("required") && !able) {
            throw new CeremonyRefusedException("ConstraintError", "this authenticator keeps no discoverable passkeys");
        }
        return able && !residentKey.equals("discouraged");
    }
}
