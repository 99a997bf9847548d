package org.passkeygraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
    @ParameterizedTest
    @CsvSource({
        "+49 170 / 123-45.42, +491701234542",
        "' +1 (555) 010 9999 ', +15550109999",
        "+12345678, +12345678",
        "+123456789012345, +123456789012345"
    })
    void aNumberIsTakenAsPeopleWriteIt(String typed, String address) {
        assertThat(Contact.parse(typed)).contains(new Contact(Contact.Kind.MOBILE, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.org", "a.b+c@mail.example.co.uk", "o'neil_1@xn--bcher-kva.example"})
    void anAddressIsTakenAsItIs(String typed) {
        assertThat(Contact.parse(" " + typed)).contains(new Contact(Contact.Kind.EMAIL, typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0170 1234542",
                "+0123456789",
                "+1234567",
                "+1234567890123456",
                "+49170123454x",
                "alice",
                "@example.org",
                "alice@",
                "alice@localhost",
                "alice@example..org",
                ".alice@example.org",
                "alice@-example.org",
                "alice@example.org,bob@example.org",
                "alice@example.org\r\nBcc: bob@example.org",
                "\"Alice\" <alice@example.org>",
                "ålice@example.org",
                "alice@example.org\u0000"
            })
    void anythingElseIsRefused(String typed) {
        assertThat(Contact.parse(typed)).isEmpty();
        assertThatThrownBy(() -> new Contact(Contact.Kind.EMAIL, typed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noAddressIsLongerThanTheColumnThatKeepsIt() {
        String upTo248 = "a".repeat(64) + "@" + ("d".repeat(60) + ".").repeat(3);

        assertThat(Contact.parse(upTo248 + "museum")).isPresent();
        assertThat(Contact.parse(upTo248 + "museums")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+491701234542, +49 ••• ••42", "alice@example.org, a•••@example.org"})
    void onlyItsOwnerRecognisesIt(String typed, String masked) {
        Contact contact = Contact.parse(typed).orElseThrow();

        assertThat(contact.masked()).isEqualTo(masked);
        assertThat(contact).hasToString("Contact[" + masked + "]");
    }
}
