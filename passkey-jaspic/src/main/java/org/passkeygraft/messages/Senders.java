package org.passkeygraft.messages;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Contact;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.spi.OneTimeCodeSender;
import org.passkeygraft.spi.OneTimeCodeSender.Delivery;

/**
 * Every way to users that there is.
 *
 * @param all the first that reaches a kind of contact sends to it
 */
public record Senders(List<OneTimeCodeSender> all) {
    public Senders {
        all = List.copyOf(all);
    }

    /** What an application brought, then what is configured. */
    public static Senders of(List<OneTimeCodeSender> brought, Messaging configured) {
        List<OneTimeCodeSender> all = new ArrayList<>(brought);
        configured.smtp().map(server -> new MailSender(server, platformTrust())).ifPresent(all::add);
        configured
                .gateway()
                .map(gateway -> new GatewaySender(gateway, platformTrust()))
                .ifPresent(all::add);
        return new Senders(all);
    }

    private static SSLContext platformTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("the platform's trust store cannot be used", broken);
        }
    }

    /** Whether somebody can be reached there. */
    public boolean reach(Contact.Kind kind) {
        return sender(kind).isPresent();
    }

    /**
     * Sends, and waits until it is sent: seconds at worst.
     *
     * @throws UnavailableException if it cannot be sent now
     */
    public void send(Delivery delivery) {
        OneTimeCodeSender sender = sender(delivery.to().kind()).orElseThrow(() -> unavailable(null));
        try {
            sender.send(delivery);
        } catch (UnavailableException notNow) {
            throw notNow;
        } catch (RuntimeException broken) {
            throw unavailable(broken);
        }
    }

    private Optional<OneTimeCodeSender> sender(Contact.Kind kind) {
        return all.stream().filter(sender -> sender.reaches(kind)).findFirst();
    }

    static UnavailableException unavailable(@Nullable Throwable cause) {
        return new UnavailableException("a text could not be sent to a user", cause);
    }
}
