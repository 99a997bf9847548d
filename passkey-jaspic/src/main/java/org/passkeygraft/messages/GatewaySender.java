package org.passkeygraft.messages;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.passkeygraft.Contact;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.json.Json;
import org.passkeygraft.spi.OneTimeCodeSender;

/** Sends texts to mobile numbers through a service that takes a JSON body by POST. Whatever answers 2xx has sent. */
final class GatewaySender implements OneTimeCodeSender {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern PLACE = Pattern.compile("\\{(to|text|purpose)}");

    private final Messaging.Gateway gateway;
    private final HttpClient client;

    /** @param trust decides whose certificates are good */
    GatewaySender(Messaging.Gateway gateway, SSLContext trust) {
        this.gateway = gateway;
        this.client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                // A code goes where the administrator wrote, and nowhere else.
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public boolean reaches(Contact.Kind kind) {
        return kind == Contact.Kind.MOBILE;
    }

    @Override
    public void send(Delivery delivery) {
        try {
            HttpResponse<InputStream> response =
                    client.send(request(delivery), HttpResponse.BodyHandlers.ofInputStream());
            // What it says is of no use, and may never end.
            response.body().close();
            if (response.statusCode() / 100 != 2) {
                throw Senders.unavailable(new IOException("the gateway answered " + response.statusCode()));
            }
        } catch (IOException failure) {
            throw Senders.unavailable(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Senders.unavailable(stopped);
        }
    }

    private HttpRequest request(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(delivery)));
        if (!gateway.authorization().text().isEmpty()) {
            request.header("Authorization", gateway.authorization().text());
        }
        return request.build();
    }

    /** In one pass: what is put in is never searched for places. */
    private String body(Delivery delivery) {
        Map<String, String> values = Map.of(
                "to", delivery.to().address(),
                "text", delivery.text(),
                "purpose", delivery.purpose().name().toLowerCase(Locale.ROOT));
        return PLACE.matcher(gateway.body()).replaceAll(place -> escaped(values, place));
    }

    private static String escaped(Map<String, String> values, MatchResult place) {
        return Matcher.quoteReplacement(Json.escaped(values.getOrDefault(place.group(1), "")));
    }
}
