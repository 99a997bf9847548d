package org.passkeygraft.messages;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Contact;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.config.Messaging.Tls;
import org.passkeygraft.spi.OneTimeCodeSender;

/**
 * Sends by a mail server: one connection a message. Calls what it needs of Jakarta Mail by class and looks nothing up, so
 * that neither the application's mail nor its registrations play a part.
 */
final class MailSender implements OneTimeCodeSender {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Messaging.Smtp server;
    private final Properties properties;

    /** @param trust decides whose certificates are good */
    MailSender(Messaging.Smtp server, SSLContext trust) {
        this.server = server;
        this.properties = properties(server, trust);
    }

    private static Properties properties(Messaging.Smtp server, SSLContext trust) {
        Properties properties = new Properties();
        String patience = Long.toString(PATIENCE.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", patience);
        properties.setProperty("mail.smtp.timeout", patience);
        properties.setProperty("mail.smtp.writetimeout", patience);
        properties.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.tls() == Tls.TLS));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        // Else the name of this machine is looked up, which may take long, and told.
        properties.setProperty(
                "mail.smtp.localhost", server.from().substring(server.from().indexOf('@') + 1));
        properties.setProperty("mail.from", server.from());
        return properties;
    }

    @Override
    public boolean reaches(Contact.Kind kind) {
        return kind == Contact.Kind.EMAIL;
    }

    @Override
    public void send(Delivery delivery) {
        Session session = Session.getInstance(properties);
        try (SMTPTransport transport = new SMTPTransport(session, name())) {
            MimeMessage message = message(session, delivery);
            transport.connect(
                    server.host(),
                    server.port(),
                    orNull(server.user()),
                    orNull(server.password().text()));
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException failure) {
            throw Senders.unavailable(failure);
        }
    }

    private URLName name() {
        return new URLName("smtp", server.host(), server.port(), null, null, null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private MimeMessage message(Session session, Delivery delivery) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipients(
                MimeMessage.RecipientType.TO,
                new Address[] {new InternetAddress(delivery.to().address(), true)});
        message.setSubject(delivery.subject(), StandardCharsets.UTF_8.name());
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        // RFC 3834, section 5: nobody's absence notice is an answer to this.
        message.setHeader("Auto-Submitted", "auto-generated");
        byte[] text = delivery.text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=UTF-8")));
        message.saveChanges();
        return message;
    }
}
