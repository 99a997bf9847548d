package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class RememberedStoreTest {
    private static final int THREADS = 20;

    private final TestDatabase database;

    RememberedStoreTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void theLastPasswordLogonCounts() {
        TestClock clock = new TestClock();
        try (PasskeyStore store = Fixture.open(database.fresh(), clock)) {
            assertThat(store.remembered().byKey("alice")).isEmpty();

            store.remembered().remember("alice", Set.of("user", "admin"));
            assertThat(store.remembered().byKey("alice"))
                    .contains(new RememberedAccount("alice", Set.of("admin", "user"), Fixture.NOW));

            clock.advance(Duration.ofHours(1));
            store.remembered().remember("alice", Set.of());
            assertThat(store.remembered().byKey("alice"))
                    .contains(new RememberedAccount("alice", Set.of(), Fixture.NOW.plusSeconds(3600)));
            assertThat(store.remembered().byKey("ALICE")).isEmpty();
            assertThat(store.remembered().byKey("alice ")).isEmpty();
        }
    }

    @Test
    void aRowThatIsStillTrueIsNotWrittenAgainWithinHalfAMinute() {
        TestClock clock = new TestClock();
        try (PasskeyStore store = Fixture.open(database.fresh(), clock)) {
            store.remembered().remember("alice", Set.of("user"));
            clock.advance(Duration.ofSeconds(29));
            store.remembered().remember("alice", Set.of("user"));
            assertThat(store.remembered().byKey("alice").orElseThrow().at()).isEqualTo(Fixture.NOW);

            clock.advance(Duration.ofSeconds(1));
            store.remembered().remember("alice", Set.of("user"));
            assertThat(store.remembered().byKey("alice").orElseThrow().at()).isEqualTo(Fixture.NOW.plusSeconds(30));

            clock.advance(Duration.ofSeconds(1));
            store.remembered().remember("alice", Set.of());
            assertThat(store.remembered().byKey("alice").orElseThrow().groups()).isEmpty();
        }
    }

    @Test
    void anyNumberOfFirstLogonsAtOnceIsRemembered() {
        PasskeyStore store = database.store();
        String key = Fixture.account("alice").key();

        AtOnce.run(THREADS, index -> {
            store.remembered().remember(key, Set.of("user"));
            return index;
        });

        assertThat(store.remembered().byKey(key).orElseThrow().groups()).containsExactly("user");
    }

    @Test
    void aGroupThatWouldReadAsTwoIsNotKept() {
        PasskeyStore store = database.store();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.remembered().remember("mallory", Set.of("user\nadmin")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.remembered().remember("mallory", Set.of("x".repeat(40_000))));
        assertThat(store.remembered().byKey("mallory")).isEmpty();
    }
}
