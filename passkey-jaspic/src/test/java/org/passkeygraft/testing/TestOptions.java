package org.passkeygraft.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.passkeygraft.Bytes;

/** Options as a relying party {@code app.example} would write them. */
final class TestOptions {
    static final String CHALLENGE =
            Bytes.of(Octets.sha256(Draft.utf8("challenge"))).base64url();

    private TestOptions() {}

    static Bytes handle(String user) {
        return Bytes.of(Octets.sha256(Draft.utf8(user)));
    }

    static String creation(String user, CoseAlgorithm... algorithms) {
        return creation(user, "required", List.of(), algorithms);
    }

    static String creationExcluding(String user, SoftwareCredential... excluded) {
        return creation(user, "required", descriptors(excluded));
    }

    static String secondFactorCreation(String user) {
        return creation(user, "discouraged", List.of());
    }

    static String request(SoftwareCredential... allowed) {
        return request("required", allowed);
    }

    static String secondFactorRequest(SoftwareCredential... allowed) {
        return request("discouraged", allowed);
    }

    private static String creation(
            String user, String requirement, List<Members> excluded, CoseAlgorithm... algorithms) {
        CoseAlgorithm[] offered = algorithms.length == 0 ? new CoseAlgorithm[] {CoseAlgorithm.ES256} : algorithms;
        return JsonText.write(new Members()
                .put("rp", new Members().put("id", "app.example").put("name", "App"))
                .put("user", new Members().put("id", handle(user).base64url()).put("name", user))
                .put("challenge", CHALLENGE)
                .put(
                        "pubKeyCredParams",
                        Arrays.stream(offered)
                                .map(algorithm ->
                                        new Members().put("type", "public-key").put("alg", algorithm.identifier()))
                                .toList())
                .put("excludeCredentials", excluded)
                .put(
                        "authenticatorSelection",
                        new Members().put("residentKey", requirement).put("userVerification", requirement))
                .put("extensions", new Members().put("credProps", true)));
    }

    private static String request(String requirement, SoftwareCredential... allowed) {
        return JsonText.write(new Members()
                .put("challenge", CHALLENGE)
                .put("rpId", "app.example")
                .put("allowCredentials", descriptors(allowed))
                .put("userVerification", requirement));
    }

    private static List<Members> descriptors(SoftwareCredential... credentials) {
        return Stream.of(credentials)
                .map(credential -> new Members()
                        .put("type", "public-key")
                        .put("id", credential.id().base64url()))
                .toList();
    }
}
