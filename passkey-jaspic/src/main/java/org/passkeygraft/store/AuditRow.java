package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.passkeygraft.AuditRecord;

@Entity(name = "AuditRow")
@Table(name = "passkey_audit")
@NamedQuery(
        name = AuditRow.COUNT,
        query = "select count(a.id) from AuditRow a where a.event = :event and a.id >= :from and a.id < :until")
@NamedQuery(
        name = AuditRow.COUNT_BY_METHOD,
        query =
                "select a.method, count(a.id) from AuditRow a where a.event = :event and a.id >= :from and a.id < :until"
                        + " group by a.method")
@NamedQuery(
        name = AuditRow.COUNT_BY_REASON,
        query =
                "select a.reason, count(a.id) from AuditRow a where a.event = :event and a.id >= :from and a.id < :until"
                        + " group by a.reason")
@NamedQuery(name = AuditRow.OLDEST, query = "select a.id from AuditRow a where a.id < :until order by a.id")
@NamedQuery(name = AuditRow.PURGE, query = "delete from AuditRow a where a.id < :until")
final class AuditRow {
    static final String COUNT = "passkey.audit.count";
    static final String COUNT_BY_METHOD = "passkey.audit.count-by-method";
    static final String COUNT_BY_REASON = "passkey.audit.count-by-reason";
    static final String OLDEST = "passkey.audit.oldest";
    static final String PURGE = "passkey.audit.purge";

    @Id
    @Column(name = "id", nullable = false, length = 24)
    private String id = "";

    @Column(name = "happened_at", nullable = false)
    private Instant happenedAt = Instant.EPOCH;

    @Column(name = "event", nullable = false, length = 40)
    private String event = "";

    @Column(name = "account_name", nullable = false, length = 255)
    private String account = "";

    @Column(name = "account_key", nullable = false, length = 255)
    private String accountKey = "";

    @Column(name = "method", nullable = false, length = 80)
    private String method = "";

    @Column(name = "reason", nullable = false, length = 60)
    private String reason = "";

    @Column(name = "passkey", nullable = false, length = 43)
    private String passkey = "";

    @Column(name = "address", nullable = false, length = 64)
    private String address = "";

    @Column(name = "user_agent", nullable = false, length = 255)
    private String userAgent = "";

    @Column(name = "details", nullable = false, length = 2000)
    private String details = "";

    /** For the persistence provider. */
    AuditRow() {}

    /** What is too long is cut: an event is not lost for its last characters. */
    AuditRow(AuditRecord event) {
        this.id = event.id();
        this.happenedAt = event.time();
        this.event = cut(event.event(), 40);
        this.account = cut(event.account(), 255);
        this.accountKey = cut(event.accountKey(), 255);
        this.method = cut(event.method(), 80);
        this.reason = cut(event.reason(), 60);
        this.passkey = cut(event.passkey(), 43);
        this.address = cut(event.address(), 64);
        this.userAgent = cut(event.userAgent(), 255);
        this.details = cut(event.details(), 2000);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    AuditRecord toRecord() {
        return new AuditRecord(
                id, happenedAt, event, account, accountKey, method, reason, passkey, address, userAgent, details);
    }
}
