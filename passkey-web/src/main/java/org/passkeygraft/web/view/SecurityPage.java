package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logon Security: a user's passkeys and what can be done with them.
 *
 * @param passkeys all of them: authenticators forget those that are missing here
 * @param maximum how many a user may have
 * @param passkeysAllowed false where an administrator switched passkeys off: the list stays, creating goes
 * @param administrator whether the user is shown the way to administration
 * @param lastStays whether the last passkey cannot be deleted
 * @param staysLoggedOn whether "Log off everywhere" leaves this session alive
 * @param keysServe whether a key for the second factor only is of any use here
 * @param suggestion the name that stands in the field of Create Passkey
 * @param dialog the one that is open, null for none
 */
public record SecurityPage(
        Site site,
        UserEntity user,
        List<PasskeyRow> passkeys,
        int maximum,
        boolean passkeysAllowed,
        boolean administrator,
        boolean lastStays,
        boolean staysLoggedOn,
        boolean keysServe,
        String suggestion,
        @Nullable Notice notice,
        @Nullable Alert alert,
        @Nullable PasskeyDialog dialog)
        implements Page {
    public SecurityPage {
        passkeys = List.copyOf(passkeys);
    }

    /** The list and nothing else to say. */
    public static SecurityPage listing(
            Site site,
            UserEntity user,
            List<PasskeyRow> passkeys,
            int maximum,
            boolean passkeysAllowed,
            boolean administrator,
            boolean lastStays,
            boolean staysLoggedOn,
            boolean keysServe,
            String suggestion) {
        return new SecurityPage(
                site,
                user,
                passkeys,
                maximum,
                passkeysAllowed,
                administrator,
                lastStays,
                staysLoggedOn,
                keysServe,
                suggestion,
                null,
                null,
                null);
    }

    public SecurityPage with(Notice said) {
        return new SecurityPage(
                site,
                user,
                passkeys,
                maximum,
                passkeysAllowed,
                administrator,
                lastStays,
                staysLoggedOn,
                keysServe,
                suggestion,
                said,
                alert,
                dialog);
    }

    public SecurityPage with(Alert refusal) {
        return new SecurityPage(
                site,
                user,
                passkeys,
                maximum,
                passkeysAllowed,
                administrator,
                lastStays,
                staysLoggedOn,
                keysServe,
                suggestion,
                notice,
                refusal,
                dialog);
    }

    public SecurityPage with(PasskeyDialog open) {
        return new SecurityPage(
                site,
                user,
                passkeys,
                maximum,
                passkeysAllowed,
                administrator,
                lastStays,
                staysLoggedOn,
                keysServe,
                suggestion,
                notice,
                alert,
                open);
    }

    public boolean full() {
        return passkeys.size() >= maximum;
    }

    public boolean last() {
        return passkeys.size() == 1;
    }

    /** Whether the delete dialog can only say that this passkey, the last one, stays. */
    public boolean cannotDelete() {
        return last() && lastStays;
    }

    public String sessionsText() {
        return site.text(staysLoggedOn ? "security.sessions.others" : "security.sessions.all");
    }

    public boolean renaming(PasskeyRow row) {
        return isOpen(PasskeyDialog.Kind.RENAME, row);
    }

    public boolean deleting(PasskeyRow row) {
        return isOpen(PasskeyDialog.Kind.DELETE, row);
    }

    private boolean isOpen(PasskeyDialog.Kind kind, PasskeyRow row) {
        return dialog != null && dialog.kind() == kind && dialog.passkeyId().equals(row.id());
    }

    /** What stands in the field of the rename dialog: the name that was just refused, else the present one. */
    public String nameFor(PasskeyRow row) {
        return dialog != null && renaming(row) && !dialog.typed().isEmpty() ? dialog.typed() : row.name();
    }

    public String renameAlert(PasskeyRow row) {
        if (dialog == null || dialog.alert() == null || !renaming(row)) {
            return "";
        }
        return dialog.alert().text(site.texts());
    }

    public String count() {
        return site.text("list.count")
                .replace("{count}", Integer.toString(passkeys.size()))
                .replace("{maximum}", Integer.toString(maximum));
    }

    public String introduction() {
        return site.text("security.introduction", site.relyingPartyName());
    }

    public String limit() {
        return site.text("create.limit", maximum);
    }

    public String deleteQuestion(PasskeyRow row) {
        return site.text("delete.question", row.name());
    }

    /** A refused name is an error of the page too, so that its title says so. */
    @Override
    public @Nullable Alert alert() {
        return alert;
    }

    @Override
    public String title() {
        String title = Page.super.title();
        boolean refused = alert == null && dialog != null && dialog.alert() != null;
        return refused ? site.text("title.error") + ": " + title : title;
    }

    @Override
    public String address() {
        return site.base() + "/security";
    }

    @Override
    public String heading() {
        return site.text("security.heading");
    }

    @Override
    public String view() {
        return "security.jsp";
    }
}
