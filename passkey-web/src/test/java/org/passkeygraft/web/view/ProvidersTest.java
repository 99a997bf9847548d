package org.passkeygraft.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static final String BITWARDEN = "d548826e-79b4-db40-a3d8-11116f7e8349";

    @Test
    void aWellKnownProviderHasItsNameInEitherCase() {
        assertThat(Providers.known().name(BITWARDEN)).contains("Bitwarden");
        assertThat(Providers.known().name(BITWARDEN.toUpperCase(Locale.ROOT))).contains("Bitwarden");
    }

    @Test
    void anUnknownOneAndOneThatDoesNotSayHaveNone() {
        assertThat(Providers.known().name("00000000-0000-0000-0000-000000000000"))
                .isEmpty();
        assertThat(Providers.known().name("01020304-0506-0708-0102-030405060708"))
                .isEmpty();
    }

    @Test
    void anApplicationRenamesAddsAndTakesAway() {
        Providers own = Providers.knownWith(Map.of(
                BITWARDEN.toUpperCase(Locale.ROOT),
                "Company vault",
                "01020304-0506-0708-0102-030405060708",
                "Test device",
                "bada5566-a7aa-401f-bd96-45619a55120d",
                ""));

        assertThat(own.name(BITWARDEN)).contains("Company vault");
        assertThat(own.name("01020304-0506-0708-0102-030405060708")).contains("Test device");
        assertThat(own.name("bada5566-a7aa-401f-bd96-45619a55120d")).isEmpty();
    }
}
