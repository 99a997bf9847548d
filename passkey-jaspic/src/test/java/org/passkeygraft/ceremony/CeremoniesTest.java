package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.UserHandle;
import org.passkeygraft.store.SealingKey;

class CeremoniesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final List<SealingKey> keys = new ArrayList<>(List.of(key("firstkey", NOW.minusSeconds(60))));
    private final Challenge challenge = Challenge.random(random);
    private Instant now = NOW;

    @Test
    void aSealedCeremonyIsOpenedAsItWas() {
        for (PendingCeremony pending : List.of(logon("alice@example"), logon(""), binding("17", "Work laptop 🔑"))) {
            assertThat(ceremonies().open(pending.kind(), ceremonies().seal(pending)))
                    .contains(pending);
        }
    }

    @Test
    void aTokenShowsNothingOfWhatItHolds() {
        String token = ceremonies().seal(logon("alice@example"));

        assertThat(new String(Bytes.require(token.substring(9)).toArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("alice");
        assertThat(token).doesNotContain(challenge.bytes().base64url());
    }

    @Test
    void twoTokensOfOneCeremonyDiffer() {
        assertThat(ceremonies().seal(logon("alice"))).isNotEqualTo(ceremonies().seal(logon("alice")));
    }

    @Test
    void t33_aTokenOfAnotherKindIsRefused() {
        String token = ceremonies().seal(logon("alice"));

        assertThat(ceremonies().open(CeremonyKind.CONFIRMATION, token)).isEmpty();
        assertThat(ceremonies().open(CeremonyKind.BINDING, token)).isEmpty();
        assertThat(ceremonies().openTarget(token)).isEmpty();
    }

    @Test
    void t112_aTokenOfAnotherApplicationIsRefused() {
        String token = ceremonies("/other", "example.org").seal(logon("alice"));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void t112_aTokenOfAnotherRelyingPartyIsRefused() {
        String token = ceremonies("/app", "example.com").seal(logon("alice"));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void applicationAndRelyingPartyAreNotMerelyConcatenated() {
        String token = ceremonies("/appe", "xample.org").seal(logon("alice"));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void aTokenOfAnUnknownKeyIsRefused() {
        String token = ceremonies().seal(logon("alice"));
        keys.set(0, key("otherkey", NOW));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void aTokenOfAnotherKeyUnderTheSameIdIsRefused() {
        String token = ceremonies().seal(logon("alice"));
        keys.set(0, key("firstkey", NOW.minusSeconds(60)));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void everySingleBitOfATokenCounts() {
        String token = ceremonies().seal(logon("alice"));
        byte[] sealed = Bytes.require(token.substring(9)).toArray();

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ceremonies().open(CeremonyKind.LOGON, token.substring(0, 9) + Bytes.of(flipped)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void aTruncatedOrLengthenedTokenIsRefused() {
        String token = ceremonies().seal(logon("alice"));

        for (int length = 0; length < token.length(); length++) {
            assertThat(ceremonies().open(CeremonyKind.LOGON, token.substring(0, length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
        assertThat(ceremonies().open(CeremonyKind.LOGON, token + "A")).isEmpty();
        assertThat(ceremonies().open(CeremonyKind.LOGON, token + "=")).isEmpty();
        assertThat(ceremonies().open(CeremonyKind.LOGON, "2" + token.substring(1)))
                .isEmpty();
    }

    @Test
    void textThatIsNoTokenIsRefused() {
        for (String text : List.of("", "1", "1firstkey", "1firstkey!!", "é".repeat(40), "A".repeat(100_000))) {
            assertThat(ceremonies().open(CeremonyKind.LOGON, text)).isEmpty();
            assertThat(ceremonies().openTarget(text)).isEmpty();
        }
    }

    @Test
    void t35_anAnswerAfterTheTimeoutIsTooLate() {
        String token = ceremonies().seal(logon("alice"));

        now = NOW.plus(TIMEOUT).minusMillis(1);
        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isPresent();
        now = NOW.plus(TIMEOUT);
        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void t106_aTokenIssuedMoreThanAMinuteAheadIsRefused() {
        String token = ceremonies().seal(logon("alice"));

        now = NOW.minusSeconds(60);
        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isPresent();
        now = NOW.minusSeconds(61);
        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
    }

    @Test
    void theNewestKeyThatMaySealSealsAndOlderOnesStillOpen() {
        String old = ceremonies().seal(logon("alice"));
        keys.add(key("futurkey", NOW.plusSeconds(3600)));
        keys.add(key("newerkey", NOW));

        assertThat(ceremonies().seal(logon("alice"))).startsWith("1newerkey");
        assertThat(ceremonies().open(CeremonyKind.LOGON, old)).isPresent();
    }

    @Test
    void aKeyThatIsPastItsTimeNeitherOpensNorSeals() {
        String token = ceremonies().seal(logon("alice"));
        SealingKey key = keys.get(0);
        keys.set(0, new SealingKey(key.id(), key.key(), key.sealFrom(), NOW));

        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> ceremonies().seal(logon("alice")));
    }

    @Test
    void t114_aNodeWhoseClockIsBehindTheFirstKeySealsWithItAllTheSame() {
        keys.set(0, key("firstkey", NOW.plusSeconds(30)));
        PendingCeremony pending = logon("alice");

        assertThat(ceremonies().open(CeremonyKind.LOGON, ceremonies().seal(pending)))
                .contains(pending);
    }

    @Test
    void theLargestCeremonyFitsOneKibibyteOfCookieSafeText() {
        String longestAccount = "通".repeat(255);
        UserHandle longestHandle = new UserHandle(Bytes.of(new byte[64]));
        String longestName = "🔑".repeat(64);
        List<PendingCeremony> largest = List.of(
                logon(longestAccount),
                pending(CeremonyKind.BINDING, longestAccount, longestHandle.toString(), longestName),
                pending(CeremonyKind.BINDING, "é".repeat(127), longestHandle.toString(), longestName));

        for (PendingCeremony pending : largest) {
            String token = ceremonies().seal(pending);
            assertThat(token).matches("[0-9A-Za-z_-]{1,1024}");
            assertThat(ceremonies().open(pending.kind(), token)).contains(pending);
        }
    }

    @Test
    void aLongAccountKeyIsStillComparedExactly() {
        Account account = new Account("alice", "通".repeat(255));
        Account other = new Account("alice", "通".repeat(254) + "行");
        PendingCeremony pending = binding(account.key(), "Key");

        assertThat(pending.isOf(account)).isTrue();
        assertThat(pending.isOf(other)).isFalse();
        assertThat(binding("17", "Key").isOf(new Account("alice", "17"))).isTrue();
        assertThat(binding("17", "Key").isOf(new Account("17", "18"))).isFalse();
        assertThat(logon("alice").isOf(Account.named("alice"))).isFalse();
    }

    @Test
    void whatCouldNotBeCarriedIsRefusedBeforeItIsSealed() {
        String handle = UserHandle.random(random).toString();

        assertThatIllegalArgumentException().isThrownBy(() -> logon("x".repeat(256)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pending(CeremonyKind.BINDING, "17", handle, "x".repeat(257)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pending(CeremonyKind.BINDING, "17", "A".repeat(88), "Key"));
        assertThatIllegalArgumentException().isThrownBy(() -> pending(CeremonyKind.CONFIRMATION, "17", "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> pending(CeremonyKind.LOGON, "alice", handle, ""));
    }

    @Test
    void aReturnTargetIsOpenedAsItWasUntilItExpires() {
        String target = "/app/secret?q=%C3%A9&r=1";
        String token = ceremonies().sealTarget(target, NOW.plusSeconds(3600));

        assertThat(token).matches("[0-9A-Za-z_-]+");
        assertThat(ceremonies().openTarget(token)).contains(target);
        assertThat(ceremonies("/other", "example.org").openTarget(token)).isEmpty();
        assertThat(ceremonies().open(CeremonyKind.LOGON, token)).isEmpty();
        now = NOW.plusSeconds(3600);
        assertThat(ceremonies().openTarget(token)).isEmpty();
    }

    @Test
    void theLongestReturnTargetIsKeptAndALongerOneIsRefused() {
        String longest = "/" + "x".repeat(Ceremonies.LONGEST_TARGET - 1);

        assertThat(ceremonies().openTarget(ceremonies().sealTarget(longest, NOW.plusSeconds(60))))
                .contains(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ceremonies().sealTarget(longest + "x", NOW.plusSeconds(60)));
    }

    @Test
    void t39_tenThousandChallengesAreAllDifferent() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Challenge.random(random).id());
        }

        assertThat(ids).hasSize(10_000).allMatch(id -> id.matches("[0-9A-Za-z_-]{43}"));
        assertThat(challenge.tag()).isEqualTo(challenge.id().substring(0, 8));
    }

    @Test
    void t105_nothingSecretIsPrinted() {
        assertThat(logon("alice").toString() + challenge + keys)
                .doesNotContain(challenge.bytes().base64url())
                .doesNotContain(challenge.id())
                .doesNotContain(keys.get(0).key().base64url());
    }

    private PendingCeremony logon(String typed) {
        return pending(CeremonyKind.LOGON, typed, "", "");
    }

    private PendingCeremony binding(String accountKey, String name) {
        return pending(
                CeremonyKind.BINDING, accountKey, UserHandle.random(random).toString(), name);
    }

    private PendingCeremony pending(CeremonyKind kind, String account, String handle, String name) {
        return new PendingCeremony(kind, challenge, NOW, NOW.plus(TIMEOUT), account, handle, PasskeyUse.LOGON, name);
    }

    private Ceremonies ceremonies() {
        return ceremonies("/app", "example.org");
    }

    private Ceremonies ceremonies(String applicationId, String rpId) {
        return new Ceremonies(() -> List.copyOf(keys), applicationId, rpId, () -> now, random);
    }

    private SealingKey key(String id, Instant sealFrom) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new SealingKey(id, Bytes.of(key), sealFrom, NOW.plus(Duration.ofDays(400)));
    }
}
