package org.passkeygraft.engine;

import java.util.Map;

/** What can be measured, for JMX: {@code org.passkeygraft:type=Passkeys,context="/app"}. All counts are since the start. */
public interface PasskeysMXBean {
    /** Logons by method. */
    Map<String, Long> getLogons();

    /** Refusals by reason. */
    Map<String, Long> getRefusals();

    long getThrottled();

    long getPasskeysBound();

    long getPasskeysDeleted();

    long getPasskeysRevoked();

    long getCodesSent();

    long getPolicyChanges();

    /** Events that the audit table did not take. */
    long getEventsDropped();

    /** Logons by passkey. */
    long getCeremonies();

    /** From the options to the answer, of all of them together. */
    double getCeremonySeconds();

    /** What the server took for the answers, of all of them together. */
    double getAnswerSeconds();
}
