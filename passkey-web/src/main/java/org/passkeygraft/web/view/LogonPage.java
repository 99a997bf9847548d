package org.passkeygraft.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The logon page.
 *
 * @param username as typed, kept when something went wrong; what is shown for it tells nothing about the account
 * @param target the sealed return target that travels as {@code to}, empty if there is none
 * @param passkeyFirst whether the password of a user who has a passkey is not accepted, which the page says to everybody
 * @param passkeysAllowed false where an administrator switched passkeys off: then nothing of them is shown
 * @param address of this step, a path from the host's root that may be reloaded
 */
public record LogonPage(
        Site site,
        Step step,
        String username,
        String target,
        boolean passkeyFirst,
        boolean passkeysAllowed,
        String address,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements Page {
    /** First who, then how. */
    public enum Step {
        NAME,
        METHOD
    }

    /** Step 1. */
    public static LogonPage askingName(Site site, String target, boolean passkeysAllowed, @Nullable Notice notice) {
        return new LogonPage(site, Step.NAME, "", target, false, passkeysAllowed, logon(site, target), notice, null);
    }

    /**
     * Step 2.
     *
     * @param sealedName the name as it stands in an address
     */
    public static LogonPage askingMethod(
            Site site,
            String username,
            String sealedName,
            String target,
            boolean passkeyFirst,
            boolean passkeysAllowed) {
        return new LogonPage(
                site,
                Step.METHOD,
                username,
                target,
                passkeyFirst,
                passkeysAllowed,
                address(site, sealedName, target),
                null,
                null);
    }

    /** Where step 2 is to be found. */
    public static String address(Site site, String sealedName, String target) {
        String logon = logon(site, target);
        return logon + (target.isEmpty() ? "?" : "&") + "name=" + URLEncoder.encode(sealedName, StandardCharsets.UTF_8);
    }

    private static String logon(Site site, String target) {
        String logon = site.base() + "/logon";
        return target.isEmpty() ? logon : logon + "?to=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    /** The same page, saying what went wrong. */
    public LogonPage with(Alert refusal) {
        return new LogonPage(site, step, username, target, passkeyFirst, passkeysAllowed, address, null, refusal);
    }

    public boolean asksName() {
        return step == Step.NAME;
    }

    /** Back to step 1, with the target. */
    public String otherName() {
        return logon(site, target);
    }

    /** Whether the alert is about what stands in the field: then the field says so too. */
    public boolean fieldRefused() {
        return alert != null
                && (alert.code().equals("authentication-failed") || alert.code().equals("username-missing"));
    }

    @Override
    public boolean refusesField() {
        return fieldRefused();
    }

    @Override
    public String heading() {
        return site.text(asksName() ? "logon.heading.name" : "logon.heading.method");
    }

    @Override
    public String view() {
        return "logon.jsp";
    }
}
