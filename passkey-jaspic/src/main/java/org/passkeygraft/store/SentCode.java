package org.passkeygraft.store;

import org.passkeygraft.Contact;

/**
 * A one-time code that was sent, of which the store knows neither the code nor who may use it.
 *
 * @param holder base64url SHA-256 of a secret that only the browser or the session has that asked for the code
 * @param digest base64url, of the code with that secret and a key
 * @param to where it went
 */
public record SentCode(String holder, String digest, Contact to) {}
