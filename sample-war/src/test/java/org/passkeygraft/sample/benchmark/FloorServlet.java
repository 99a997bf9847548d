package org.passkeygraft.sample.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.yubico.internal.util.JacksonCodecs;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResultV2;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.RelyingPartyV2;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientAssertionExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Options with the challenge in a signed cookie; answer with one select, one signature, one update, one session. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
final class FloorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String COOKIE = "floor";
    private static final int CHALLENGE_LENGTH = 32;
    /** Kept, where the library's own methods would make one for each call. */
    private static final ObjectMapper JSON = JacksonCodecs.json();

    private static final TypeReference<
                    PublicKeyCredential<AuthenticatorAssertionResponse, ClientAssertionExtensionOutputs>>
            ASSERTION = new TypeReference<>() {};

    private final transient SecureRandom random = new SecureRandom();
    private final transient SecretKeySpec key;
    private final transient FloorCredentials credentials;
    private final transient RelyingPartyV2<FloorCredential> relyingParty;
    private transient @Nullable PublicKeyCredentialCreationOptions registration;

    FloorServlet(String origin, DataSource database) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
        credentials = new FloorCredentials(database);
        relyingParty = RelyingParty.builder()
                .identity(RelyingPartyIdentity.builder()
                        .id("localhost")
                        .name("Floor")
                        .build())
                .credentialRepositoryV2(credentials)
                .origins(Set.of(origin))
                .build();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            switch (String.valueOf(request.getPathInfo())) {
                case "/empty" -> response.setStatus(204);
                case "/session" -> request.getSession();
                case "/options" -> options(response);
                case "/assertion" -> assertion(request, response);
                case "/registration/options" -> registrationOptions(response);
                case "/registration" -> registration(request);
                default -> response.setStatus(404);
            }
        } catch (SQLException | GeneralSecurityException | RegistrationFailedException e) {
            throw new ServletException(e);
        }
    }

    private void options(HttpServletResponse response) throws IOException, GeneralSecurityException {
        byte[] challenge = new byte[CHALLENGE_LENGTH];
        random.nextBytes(challenge);
        byte[] mac = mac(challenge);
        byte[] token = Arrays.copyOf(challenge, CHALLENGE_LENGTH + mac.length);
        System.arraycopy(mac, 0, token, CHALLENGE_LENGTH, mac.length);
        Cookie cookie = new Cookie(COOKIE, new ByteArray(token).getBase64Url());
        cookie.setPath("/floor");
        cookie.setHttpOnly(true);
        response.addCookie(cookie);
        write(
                response,
                "{\"challenge\":\"" + new ByteArray(challenge).getBase64Url()
                        + "\",\"timeout\":300000,\"rpId\":\"localhost\",\"allowCredentials\":[],"
                        + "\"userVerification\":\"required\"}");
    }

    private byte[] mac(byte[] challenge) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(challenge);
    }

    private void assertion(HttpServletRequest request, HttpServletResponse response)
            throws IOException, SQLException, GeneralSecurityException {
        Optional<ByteArray> challenge = challenge(request);
        if (challenge.isEmpty()) {
            response.setStatus(400);
            return;
        }
        try {
            AssertionResultV2<FloorCredential> result = relyingParty.finishAssertion(FinishAssertionOptions.builder()
                    .request(AssertionRequest.builder()
                            .publicKeyCredentialRequestOptions(PublicKeyCredentialRequestOptions.builder()
                                    .challenge(challenge.get())
                                    .userVerification(UserVerificationRequirement.REQUIRED)
                                    .build())
                            .build())
                    .response(JSON.readValue(request.getInputStream(), ASSERTION))
                    .build());
            if (!credentials.advance(result)) {
                response.setStatus(401);
                return;
            }
            request.getSession().setAttribute("caller", result.getCredential().name());
            write(response, "{\"location\":\"/floor/\"}");
        } catch (AssertionFailedException | JsonProcessingException refused) {
            response.setStatus(401);
        }
    }

    private Optional<ByteArray> challenge(HttpServletRequest request) throws GeneralSecurityException {
        Optional<String> cookie = Arrays.stream(
                        Optional.ofNullable(request.getCookies()).orElseGet(() -> new Cookie[0]))
                .filter(candidate -> candidate.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .findFirst();
        if (cookie.isEmpty()) {
            return Optional.empty();
        }
        byte[] token = java.util.Base64.getUrlDecoder().decode(cookie.get());
        byte[] challenge = Arrays.copyOf(token, CHALLENGE_LENGTH);
        byte[] mac = Arrays.copyOfRange(token, CHALLENGE_LENGTH, token.length);
        return MessageDigest.isEqual(mac, mac(challenge)) ? Optional.of(new ByteArray(challenge)) : Optional.empty();
    }

    private void registrationOptions(HttpServletResponse response) throws IOException {
        byte[] handle = new byte[32];
        random.nextBytes(handle);
        registration = relyingParty.startRegistration(StartRegistrationOptions.builder()
                .user(UserIdentity.builder()
                        .name("alice")
                        .displayName("alice")
                        .id(new ByteArray(handle))
                        .build())
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build())
                .build());
        write(
                response,
                JSON.readTree(registration.toCredentialsCreateJson())
                        .get("publicKey")
                        .toString());
    }

    private void registration(HttpServletRequest request)
            throws IOException, SQLException, RegistrationFailedException {
        PublicKeyCredentialCreationOptions begun = registration;
        if (begun == null) {
            throw new IllegalStateException("no registration was begun");
        }
        RegistrationResult result = relyingParty.finishRegistration(FinishRegistrationOptions.builder()
                .request(begun)
                .response(PublicKeyCredential.parseRegistrationResponseJson(
                        new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8)))
                .build());
        credentials.insert(begun.getUser(), result);
    }

    private static void write(HttpServletResponse response, String json) throws IOException {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
