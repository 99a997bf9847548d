package org.passkeygraft.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyFieldsTest {
    private static final String MODEL = "ee882879-721c-4913-9775-3dfcce97072a";
    private static final PasskeyPolicy EVERYTHING = new PasskeyPolicy(
            false,
            7,
            false,
            true,
            PasswordRule.WHILE_NO_PASSKEY,
            new SecondFactorPolicy(
                    SecondFactorRule.WHEN_BOUND,
                    Map.of("head = of office", SecondFactorRule.REQUIRED, "machines", SecondFactorRule.OFF),
                    true),
            new BackupPolicy(BackupUse.OFF, BackupUse.SECOND_FACTOR),
            new AuthenticatorPolicy(true, ModelRule.NOT_THESE, Set.of(MODEL, MODEL.replace('e', 'a'))),
            new LogonSuffixes("corp", Set.of("branch", "example.org")));

    @Test
    void everyPolicyIsReadBackAsItWasWritten() {
        assertThat(read(PolicyFields.of(EVERYTHING))).isEqualTo(new PolicyReading.Read(EVERYTHING));
        assertThat(read(PolicyFields.of(PasskeyPolicy.STANDARD)))
                .isEqualTo(new PolicyReading.Read(PasskeyPolicy.STANDARD));
    }

    @Test
    void aFormIsReadAsABrowserSendsIt() {
        Map<String, String> form = new HashMap<>(PolicyFields.of(PasskeyPolicy.STANDARD));
        form.put(PolicyFields.ALLOWED, "on");
        form.remove(PolicyFields.OFFER_TO_BIND);
        form.put(PolicyFields.MODELS, " " + MODEL.toUpperCase(Locale.ROOT) + " \r\n\r\n");
        form.put(PolicyFields.SECOND_FACTOR_GROUPS, "a=b = required\r\n  machines =off");

        PasskeyPolicy policy = ((PolicyReading.Read) read(form)).policy();

        assertThat(policy.allowed()).isTrue();
        assertThat(policy.offerToBind()).isFalse();
        assertThat(policy.authenticators().models()).containsExactly(MODEL);
        assertThat(policy.secondFactor().byGroup())
                .isEqualTo(Map.of("a=b", SecondFactorRule.REQUIRED, "machines", SecondFactorRule.OFF));
    }

    @ParameterizedTest
    @CsvSource({
        "allowed, perhaps",
        "maximum, 0",
        "maximum, 101",
        "maximum, five",
        "maximum, ''",
        "password, ''",
        "second-factor, sometimes",
        "second-factor-groups, machines",
        "second-factor-groups, = off",
        "second-factor-groups, machines = maybe",
        "one-time-codes, ''",
        "model-rule, ''",
        "models, YubiKey",
        "logon-suffix, a@b",
        "logon-suffix, a b",
        "logon-suffix, 'a,b'",
        "custom-logon-suffixes, a@b",
    })
    void whatCannotBeIsRefusedAtItsField(String field, String text) {
        refuses(field, text);
    }

    @Test
    void whatIsSaidTwiceOrTooLongIsRefusedAtItsField() {
        refuses(PolicyFields.SECOND_FACTOR_GROUPS, "a = off\na = required");
        refuses(PolicyFields.SECOND_FACTOR_GROUPS, "a\u0000 = off");
        refuses(PolicyFields.SECOND_FACTOR_GROUPS, "a".repeat(4000) + " = off");
        refuses(PolicyFields.CUSTOM_LOGON_SUFFIXES, "branch\nBRANCH");
        refuses(PolicyFields.CUSTOM_LOGON_SUFFIXES, "Corp");
        refuses(PolicyFields.CUSTOM_LOGON_SUFFIXES, "a".repeat(101));
        refuses(PolicyFields.MODELS, (MODEL + "\n").repeat(200));
    }

    private static void refuses(String field, String text) {
        Map<String, String> form = new HashMap<>(PolicyFields.of(EVERYTHING));
        form.put(field, text);
        assertThat(read(form)).as(text).isEqualTo(new PolicyReading.Wrong(Set.of(field)));
    }

    @Test
    void aDifferenceNamesWhatWasAndWhatIs() {
        assertThat(PolicyFields.difference(
                        PasskeyPolicy.STANDARD,
                        PasskeyPolicy.STANDARD.withAllowed(false).withMaximum(7)))
                .isEqualTo(Map.of("allowed", "was true, is false", "maximum", "was 5, is 7"));
        assertThat(PolicyFields.difference(EVERYTHING, EVERYTHING)).isEmpty();
    }

    private static PolicyReading read(Map<String, String> form) {
        return PolicyFields.read(field -> form.getOrDefault(field, ""));
    }
}
