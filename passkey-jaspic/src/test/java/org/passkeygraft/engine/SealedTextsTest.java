package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.passkeygraft.engine.SealedTexts.Kind;
import org.passkeygraft.store.TestDatabase;

/** What pages keep for the address that they redirect to. */
final class SealedTextsTest {
    @Test
    void opensATextForItsOwnPurposeUntilItIsTooOld() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            SealedTexts texts = engine.runtime().sealedTexts();
            String name = texts.seal(Kind.USER_NAME, "Zo\u00eb\n\0").orElseThrow();

            assertThat(name).matches("[A-Za-z0-9_-]+");
            assertThat(texts.open(Kind.USER_NAME, name)).contains("Zo\u00eb\n\0");
            assertThat(texts.open(Kind.SHOWN_ONCE, name)).isEmpty();
            assertThat(engine.runtime().targets().open(name)).isEmpty();
            String target = engine.runtime().targets().seal("/secret");
            assertThat(texts.open(Kind.USER_NAME, target)).isEmpty();

            engine.clock().advance(Duration.ofHours(1));
            assertThat(texts.open(Kind.USER_NAME, name)).isEmpty();
        }
    }

    @Test
    void refusesForgedTokensAndTextsThatNoAddressHolds() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            SealedTexts texts = engine.runtime().sealedTexts();
            String name =
                    texts.seal(Kind.USER_NAME, "a".repeat(SealedTexts.LONGEST)).orElseThrow();

            assertThat(texts.open(Kind.USER_NAME, name + "A")).isEmpty();
            assertThat(texts.open(Kind.USER_NAME, "alice")).isEmpty();
            assertThat(texts.open(Kind.USER_NAME, "")).isEmpty();
            assertThat(texts.seal(Kind.USER_NAME, "a".repeat(SealedTexts.LONGEST + 1)))
                    .isEmpty();
        }
    }
}
