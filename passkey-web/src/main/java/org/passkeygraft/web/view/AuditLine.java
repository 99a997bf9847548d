package org.passkeygraft.web.view;

import org.passkeygraft.AuditRecord;

/** One event of the audit page. Events, methods and reasons are the same words as in the log and in an export. */
public record AuditLine(AuditRecord event) {
    private static final int SHORT = 12;

    public String iso() {
        return new Moment(event.time()).iso();
    }

    public String time(Texts texts) {
        return new Moment(event.time()).text(texts);
    }

    /** Enough of the id to tell passkeys apart by eye. */
    public String passkey() {
        String id = event.passkey();
        return id.length() <= SHORT ? id : id.substring(0, SHORT) + '…';
    }
}
