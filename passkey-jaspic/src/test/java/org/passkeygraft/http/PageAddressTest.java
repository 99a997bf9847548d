package org.passkeygraft.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "/login.jsp, /login.jsp, null",
                "/login.jsp, /login.jsp, ''",
                "/login.jsp, /login.jsp, to=aB3-_.~%2F",
                "/login.jsp, /login.jsp, notice=expired",
                "/do?action=login, /do, action=login",
                "/do?action=login, /do, action=login&to=x",
                "/do?action=login, /do, action=login&notice=expired"
            })
    void thePageIsItselfWithWhatWeAdd(String configured, String path, String query) {
        assertThat(PageAddress.of(configured).isAskedFor(path, query)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "/login.jsp, /login.jspx, null",
                "/login.jsp, /login.jsp/x, null",
                "/login.jsp, /login.jsp, action=delete",
                "/login.jsp, /login.jsp, to=x&action=delete",
                "/login.jsp, /login.jsp, &action=delete",
                "/do?action=login, /do, null",
                "/do?action=login, /do, action=delete",
                "/do?action=login, /do, action=login&action=delete",
                "/do?action=login, /do, action=loginAsAnybody",
                "/do?action=login, /do, action=login%26action=delete",
                "/do?action=login, /do, to=x&action=login",
                "/do?action=login, /do, action=login;action=delete",
                "/do?action=login, /do, action=loginto=x"
            })
    void withAnythingElseItIsAnotherPage(String configured, String path, String query) {
        assertThat(PageAddress.of(configured).isAskedFor(path, query)).isFalse();
    }
}
