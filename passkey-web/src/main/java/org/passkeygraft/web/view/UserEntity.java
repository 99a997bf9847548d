package org.passkeygraft.web.view;

/**
 * The user as authenticators know them (WebAuthn Level 3, section 5.4.3), so that the page can tell them about changes.
 *
 * @param id the user handle in base64url, empty while the user has none
 * @param name the account's name
 * @param displayName what the creation options say, possibly empty: the two must not disagree
 */
public record UserEntity(String id, String name, String displayName) {}
