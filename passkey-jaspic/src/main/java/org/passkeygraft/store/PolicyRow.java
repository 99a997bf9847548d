package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.BackupPolicy;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.VersionedPolicy;

@Entity(name = "PasskeyPolicy")
@Table(name = "passkey_policy")
@NamedQuery(name = PolicyRow.CURRENT, query = "select p from PasskeyPolicy p where p.id = 1")
@NamedQuery(
        name = PolicyRow.CHANGE,
        query = "update PasskeyPolicy p set p.allowed = :allowed, p.maximum = :maximum, p.offerToBind = :offerToBind,"
                + " p.silentUpgrade = :silentUpgrade, p.passwordRule = :passwordRule, p.secondFactor = :secondFactor,"
                + " p.secondFactorGroups = :secondFactorGroups, p.secondFactorAfterPasskey = :afterPasskey,"
                + " p.oneTimeCodes = :oneTimeCodes, p.recoveryCodes = :recoveryCodes, p.attested = :attested,"
                + " p.modelRule = :modelRule, p.models = :models, p.defaultSuffix = :defaultSuffix,"
                + " p.customSuffixes = :customSuffixes, p.version = p.version + 1"
                + " where p.id = 1 and p.version = :version")
final class PolicyRow {
    static final String CURRENT = "passkey.policy.current";
    static final String CHANGE = "passkey.policy.change";

    static final int MOST_TEXT = 4000;

    /** There is one row. */
    @Id
    @Column(name = "id", nullable = false)
    private int id = 1;

    @Column(name = "allowed", nullable = false)
    private boolean allowed;

    @Column(name = "maximum", nullable = false)
    private int maximum;

    @Column(name = "offer_to_bind", nullable = false)
    private boolean offerToBind;

    @Column(name = "silent_upgrade", nullable = false)
    private boolean silentUpgrade;

    @Column(name = "password_rule", nullable = false, length = 20)
    private String passwordRule = "";

    @Column(name = "second_factor", nullable = false, length = 20)
    private String secondFactor = "";

    @Column(name = "second_factor_groups", nullable = false, length = MOST_TEXT)
    private String secondFactorGroups = "";

    @Column(name = "second_factor_after_passkey", nullable = false)
    private boolean secondFactorAfterPasskey;

    @Column(name = "one_time_codes", nullable = false, length = 30)
    private String oneTimeCodes = "";

    @Column(name = "recovery_codes", nullable = false, length = 30)
    private String recoveryCodes = "";

    @Column(name = "attested", nullable = false)
    private boolean attested;

    @Column(name = "model_rule", nullable = false, length = 20)
    private String modelRule = "";

    @Column(name = "models", nullable = false, length = MOST_TEXT)
    private String models = "";

    @Column(name = "default_suffix", nullable = false, length = 100)
    private String defaultSuffix = "";

    @Column(name = "custom_suffixes", nullable = false, length = MOST_TEXT)
    private String customSuffixes = "";

    @Column(name = "version", nullable = false)
    private long version;

    /** For the persistence provider. */
    PolicyRow() {}

    PolicyRow(PasskeyPolicy policy) {
        this.allowed = policy.allowed();
        this.maximum = policy.maximum();
        this.offerToBind = policy.offerToBind();
        this.silentUpgrade = policy.silentUpgrade();
        this.passwordRule = policy.password().label();
        this.secondFactor = policy.secondFactor().standard().label();
        this.secondFactorGroups = PolicyTexts.groups(policy.secondFactor().byGroup());
        this.secondFactorAfterPasskey = policy.secondFactor().afterPasskey();
        this.oneTimeCodes = policy.backup().oneTimeCodes().label();
        this.recoveryCodes = policy.backup().recoveryCodes().label();
        this.attested = policy.authenticators().attested();
        this.modelRule = policy.authenticators().rule().label();
        this.models = PolicyTexts.list(policy.authenticators().models());
        this.defaultSuffix = policy.suffixes().standard();
        this.customSuffixes = PolicyTexts.list(policy.suffixes().custom());
    }

    VersionedPolicy versioned() {
        return new VersionedPolicy(toPolicy(), version);
    }

    /** Sets the parameters of {@link #CHANGE} to what this row says. */
    Query asParameters(Query change) {
        return change.setParameter("allowed", allowed)
                .setParameter("maximum", maximum)
                .setParameter("offerToBind", offerToBind)
                .setParameter("silentUpgrade", silentUpgrade)
                .setParameter("passwordRule", passwordRule)
                .setParameter("secondFactor", secondFactor)
                .setParameter("secondFactorGroups", secondFactorGroups)
                .setParameter("afterPasskey", secondFactorAfterPasskey)
                .setParameter("oneTimeCodes", oneTimeCodes)
                .setParameter("recoveryCodes", recoveryCodes)
                .setParameter("attested", attested)
                .setParameter("modelRule", modelRule)
                .setParameter("models", models)
                .setParameter("defaultSuffix", defaultSuffix)
                .setParameter("customSuffixes", customSuffixes);
    }

    PasskeyPolicy toPolicy() {
        return new PasskeyPolicy(
                allowed,
                maximum,
                offerToBind,
                silentUpgrade,
                PolicyTexts.constant(PasswordRule.values(), PasswordRule::label, passwordRule),
                new SecondFactorPolicy(
                        PolicyTexts.secondFactorRule(secondFactor),
                        PolicyTexts.groups(secondFactorGroups),
                        secondFactorAfterPasskey),
                new BackupPolicy(
                        PolicyTexts.constant(BackupUse.values(), BackupUse::label, oneTimeCodes),
                        PolicyTexts.constant(BackupUse.values(), BackupUse::label, recoveryCodes)),
                new AuthenticatorPolicy(
                        attested,
                        PolicyTexts.constant(ModelRule.values(), ModelRule::label, modelRule),
                        PolicyTexts.list(models)),
                new LogonSuffixes(defaultSuffix, PolicyTexts.list(customSuffixes)));
    }
}
