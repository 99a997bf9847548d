package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user does for the day on which a device is lost.
 *
 * @param account whose it is
 * @param reachesPhones whether texts can be sent to mobile numbers
 * @param reachesMail whether e-mail can be sent
 * @param contact null for none
 * @param verifying a contact, masked, that a code was sent to; empty for none
 * @param remaining how many recovery codes are left
 * @param codesServe whether recovery codes are taken here, and can be made
 * @param replacing whether the dialog is open that asks before codes that still exist are replaced
 * @param newCodes those that were made just now and are never shown again
 */
public record BackupPage(
        Site site,
        String account,
        boolean reachesPhones,
        boolean reachesMail,
        @Nullable ContactState contact,
        String verifying,
        int remaining,
        boolean codesServe,
        boolean replacing,
        List<String> newCodes,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements Page {
    public BackupPage {
        newCodes = List.copyOf(newCodes);
    }

    public BackupPage with(Notice said) {
        return new BackupPage(
                site,
                account,
                reachesPhones,
                reachesMail,
                contact,
                verifying,
                remaining,
                codesServe,
                replacing,
                newCodes,
                said,
                alert);
    }

    public BackupPage with(Alert refusal) {
        return new BackupPage(
                site,
                account,
                reachesPhones,
                reachesMail,
                contact,
                verifying,
                remaining,
                codesServe,
                replacing,
                newCodes,
                notice,
                refusal);
    }

    /** With codes to be written down. */
    public BackupPage showing(List<String> codes) {
        return new BackupPage(
                site,
                account,
                reachesPhones,
                reachesMail,
                contact,
                verifying,
                codes.size(),
                codesServe,
                false,
                codes,
                notice,
                alert);
    }

    /** Asking before codes that still exist are replaced; there is nothing to ask where none do. */
    public BackupPage asking() {
        return new BackupPage(
                site,
                account,
                reachesPhones,
                reachesMail,
                contact,
                verifying,
                remaining,
                codesServe,
                codesServe && remaining > 0,
                newCodes,
                notice,
                alert);
    }

    public boolean reachesAnybody() {
        return reachesPhones || reachesMail;
    }

    /** Returns the label of the field for a contact: it names what this site can send to. */
    public String contactLabel() {
        return site.text("backup.contact." + contactKind());
    }

    public String contactHint() {
        return site.text("backup.contact.hint." + contactKind());
    }

    /** Returns the value of {@code autocomplete} and {@code inputmode}, which are the same words (WCAG 1.3.5). */
    public String contactPurpose() {
        return reachesMail ? "email" : "tel";
    }

    private String contactKind() {
        if (reachesPhones && reachesMail) {
            return "either";
        }
        return reachesPhones ? "phone" : "mail";
    }

    @Override
    public String alertText() {
        return contactRefused() ? site.text("error.invalid-contact." + contactKind()) : Page.super.alertText();
    }

    public String sentTo() {
        return site.text("backup.code.sent", verifying);
    }

    public String left() {
        return remaining == 0 ? site.text("backup.codes.none") : site.text("backup.codes.left", remaining);
    }

    public boolean contactRefused() {
        return alert != null && alert.code().equals("invalid-contact");
    }

    public boolean codeRefused() {
        return alert != null && alert.code().equals("code-refused");
    }

    /** The new codes, one a line, for the file. */
    public String file() {
        return String.join("\n", newCodes);
    }

    @Override
    public boolean refusesField() {
        return (contactRefused() && reachesAnybody()) || (codeRefused() && !verifying.isEmpty());
    }

    @Override
    public String address() {
        return site.base() + "/backup";
    }

    @Override
    public String heading() {
        return site.text("backup.heading");
    }

    @Override
    public String view() {
        return "backup.jsp";
    }
}
