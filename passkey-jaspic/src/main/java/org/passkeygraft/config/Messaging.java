package org.passkeygraft.config;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/**
 * How codes and notices get to users, where no extension brings a way.
 *
 * @param mailServer null for none
 * @param textGateway null for none
 */
public record Messaging(@Nullable Smtp mailServer, @Nullable Gateway textGateway) {
    /** Nobody is reached. */
    public static final Messaging NONE = new Messaging(null, null);

    /** What e-mail is sent by. */
    public Optional<Smtp> smtp() {
        return Optional.ofNullable(mailServer);
    }

    /** What texts to mobile numbers are sent by. */
    public Optional<Gateway> gateway() {
        return Optional.ofNullable(textGateway);
    }

    /** What is between us and the mail server. */
    public enum Tls {
        /** A plain connection that must become a secure one before anything is sent. */
        STARTTLS,
        /** A secure connection from the first byte. */
        TLS,
        /** Nothing. */
        NONE
    }

    /**
     * A mail server.
     *
     * @param from the address that our mail is from
     * @param user empty to send without logging on there
     */
    public record Smtp(String host, int port, Tls tls, String from, String user, Secret password) {}

    /**
     * A service that sends texts to mobile numbers, asked by POST.
     *
     * @param authorization the value of that header; empty for none
     * @param body JSON, in which <code>{to}</code>, <code>{text}</code> and <code>{purpose}</code> stand inside texts
     */
    public record Gateway(URI url, Secret authorization, String body) {
        /** Services take their keys in the address or the body too. */
        @Override
        public String toString() {
            return "Gateway[" + url.getScheme() + "://" + url.getRawAuthority() + ", ***]";
        }
    }
}
