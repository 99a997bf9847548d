package org.passkeygraft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.Messaging.Gateway;
import org.passkeygraft.config.Messaging.Smtp;
import org.passkeygraft.config.Messaging.Tls;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** Reads how users are reached. */
final class MessagingReader {
    private static final Secret NOTHING = new Secret("");

    private final Reading reading;

    MessagingReader(Reading reading) {
        this.reading = reading;
    }

    Messaging read() {
        return new Messaging(smtp(), gateway());
    }

    private @Nullable Smtp smtp() {
        if (!reading.isSet(Keys.SMTP_HOST)) {
            List.of(Keys.SMTP_PORT, Keys.SMTP_TLS, Keys.SMTP_FROM, Keys.SMTP_USER, Keys.SMTP_PASSWORD)
                    .forEach(key -> refuseUseless(key, Keys.SMTP_HOST));
            return null;
        }
        String host = reading.value(Keys.SMTP_HOST);
        Tls tls = reading.value(Keys.SMTP_TLS);
        String user = reading.find(Keys.SMTP_USER).orElse("");
        Secret password = reading.find(Keys.SMTP_PASSWORD).orElse(NOTHING);
        if (user.isEmpty() != password.text().isEmpty()) {
            reading.refuse(Keys.SMTP_PASSWORD, "write user and password, or leave out both");
        }
        if (tls == Tls.NONE && !user.isEmpty() && !MessagingParser.isThisMachine(host)) {
            reading.refuse(Keys.SMTP_TLS, "the password would cross the network in the clear: write starttls or tls");
        }
        String from =
                reading.require(Keys.SMTP_FROM, "write the address that mail is from, such as no-reply@example.org");
        return new Smtp(host, reading.find(Keys.SMTP_PORT).orElseGet(() -> usualPort(tls)), tls, from, user, password);
    }

    /** RFC 8314, section 7.3 and RFC 5321, section 4.5.4.2. */
    private static int usualPort(Tls tls) {
        return switch (tls) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
    }

    private @Nullable Gateway gateway() {
        if (!reading.isSet(Keys.SMS_URL)) {
            List.of(Keys.SMS_AUTHORIZATION, Keys.SMS_BODY).forEach(key -> refuseUseless(key, Keys.SMS_URL));
            return null;
        }
        return new Gateway(
                reading.value(Keys.SMS_URL),
                reading.find(Keys.SMS_AUTHORIZATION).orElse(NOTHING),
                reading.value(Keys.SMS_BODY));
    }

    private void refuseUseless(Key<?> key, Key<?> missing) {
        if (reading.isSet(key)) {
            reading.refuse(key, "nothing is sent without " + missing.name() + ": set that, or leave this out");
        }
    }
}
