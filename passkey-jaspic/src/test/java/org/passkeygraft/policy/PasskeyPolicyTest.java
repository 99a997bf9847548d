package org.passkeygraft.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasskeyPolicyTest {
    @Test
    void t51_aPolicyThatLetsNobodyInConflicts() {
        PasskeyPolicy off = PasskeyPolicy.STANDARD.withAllowed(false);

        assertThat(off.conflicts()).isEmpty();
        assertThat(off.withPassword(PasswordRule.WHILE_NO_PASSKEY).conflicts())
                .containsExactly(PasskeyPolicy.Conflict.NO_WAY_IN);
        assertThat(off.withSecondFactor(SecondFactorRule.WHEN_BOUND).conflicts())
                .containsExactly(PasskeyPolicy.Conflict.SECOND_FACTOR_WITHOUT_PASSKEYS);
        assertThat(off.withSecondFactor(new SecondFactorPolicy(
                                SecondFactorRule.OFF, Map.of("staff", SecondFactorRule.REQUIRED), false))
                        .conflicts())
                .containsExactly(PasskeyPolicy.Conflict.SECOND_FACTOR_WITHOUT_PASSKEYS);
    }

    @Test
    void aGroupMayBeStricterOrMoreLenientThanTheRest() {
        SecondFactorPolicy policy = new SecondFactorPolicy(
                SecondFactorRule.WHEN_BOUND,
                Map.of("machines", SecondFactorRule.OFF, "cashiers", SecondFactorRule.REQUIRED),
                false);

        assertThat(policy.of(Set.of())).isEqualTo(SecondFactorRule.WHEN_BOUND);
        assertThat(policy.of(Set.of("clerks", "machines"))).isEqualTo(SecondFactorRule.OFF);
        assertThat(policy.of(Set.of("machines", "cashiers"))).isEqualTo(SecondFactorRule.REQUIRED);
    }

    @Test
    void aSuffixIsStrippedOnceAndOnlyIfItIsOneOfOurs() {
        LogonSuffixes suffixes = new LogonSuffixes("corp", Set.of("Branch.Example"));

        assertThat(suffixes.strip("alice@CORP")).contains("alice");
        assertThat(suffixes.strip("alice@branch.example")).contains("alice");
        assertThat(suffixes.strip("alice@corp@corp")).contains("alice@corp");
        assertThat(suffixes.strip("alice")).isEmpty();
        assertThat(suffixes.strip("alice@")).isEmpty();
        assertThat(suffixes.strip("@corp")).isEmpty();
        assertThat(suffixes.strip("alice@evil.example")).isEmpty();
        assertThat(LogonSuffixes.NONE.strip("alice@")).isEmpty();
    }

    @Test
    void twoSuffixesThatAreTheSameAreNone() {
        assertThatThrownBy(() -> new LogonSuffixes("corp", Set.of("CORP")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModelIsListedWhateverItsCase() {
        String model = "EE882879-721C-4913-9775-3DFCCE97072A";

        assertThat(new AuthenticatorPolicy(false, ModelRule.ONLY_THESE, Set.of(model))
                        .permits(model.toLowerCase(Locale.ROOT)))
                .isTrue();
        assertThat(new AuthenticatorPolicy(false, ModelRule.NOT_THESE, Set.of(model.toLowerCase(Locale.ROOT)))
                        .permits(model))
                .isFalse();
        assertThat(AuthenticatorPolicy.ANY.permits(model)).isTrue();
    }
}
