package org.passkeygraft.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.config.StepUp;
import org.passkeygraft.http.Requirement.Kind;
import org.passkeygraft.policy.SecondFactorRule;

/** T-73, T-74, T-77: the mapping rules of Servlet 6.0, sections 12.1 and 13.8. */
class ProtectionsTest {
    /** Each pattern asks for a role of its own name, so that the role tells which pattern was found the best. */
    private static final Protections BY_NAME =
            new Protections(Stream.of("/a/*", "/a/b/*", "/a/b/exact", "/a", "/folder/*", "*.jsp", "*.gz", "/")
                    .map(pattern -> rule(pattern, Set.of(), pattern))
                    .toList());

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a/, /a/*",
        "/a/x, /a/*",
        "/a/x/y/z, /a/*",
        "/a/x.jsp, /a/*",
        "/a/b, /a/b/*",
        "/a/b/, /a/b/*",
        "/a/b/c, /a/b/*",
        "/a/b/exact, /a/b/exact",
        "/a/b/exact/, /a/b/*",
        "/a/b/exactly, /a/b/*",
        "/a/bc, /a/*",
        "/folder, /folder/*",
        "/folder/, /folder/*",
        "/folders, /",
        "/ab, /",
        "/A, /",
        "/x.jsp, *.jsp",
        "/x/y/z.jsp, *.jsp",
        "/x/y.jsp/z, /",
        "/x.JSP, /",
        "/x.jsp/, /",
        "/x.tar.gz, *.gz",
        "/x.jspx, /",
        "/jsp, /",
        "/.jsp, *.jsp",
        "/x., /",
        "/, /",
        "/a//b, /a/*",
        "//a, /",
        "/*, /",
        "/a/*, /a/*"
    })
    void t73_onlyTheBestPatternCounts(String path, String best) {
        assertThat(BY_NAME.of(path, "GET")).isEqualTo(new Requirement(Kind.CALLER, Set.of(best)));
    }

    @Test
    void t77_aPrefixOfNothingIsEveryPathAndBeatsExtensionAndDefault() {
        Protections all = new Protections(
                List.of(rule("/*", Set.of(), "all"), rule("*.jsp", Set.of(), "jsp"), rule("/", Set.of(), "default")));

        for (String path : List.of("/", "/x", "/x.jsp", "/x/y/z.jsp", "")) {
            assertThat(all.of(path, "GET").roles()).as(path).containsExactly("all");
        }
    }

    @Test
    void whatNoPatternMatchesIsOpenAndSoIsWhatARuleOpens() {
        Protections some = new Protections(
                List.of(rule("/a/*", Set.of(), "user"), new Protection("/a/open/*", Set.of(), Set.of(), true)));

        for (String path : List.of("/", "/b", "/ab", "/x.jsp", "/a/open", "/a/open/x")) {
            assertThat(some.of(path, "POST").isOpen()).as(path).isTrue();
        }
        assertThat(some.of("/a/opened", "POST").isOpen()).isFalse();
        assertThat(new Protections(List.of()).of("/", "TRACE").isOpen()).isTrue();
    }

    @Test
    void rulesOfOnePatternAreCombinedByMethod() {
        Protections combined = new Protections(List.of(
                rule("/a/*", Set.of("GET"), "reader"),
                rule("/a/*", Set.of("POST", "PUT"), "writer"),
                rule("/a/*", Set.of("PUT"), "owner"),
                new Protection("/a/*", Set.of("OPTIONS"), Set.of(), true)));

        assertThat(combined.of("/a/x", "GET").roles()).containsExactly("reader");
        assertThat(combined.of("/a/x", "HEAD").roles()).containsExactly("reader");
        assertThat(combined.of("/a/x", "POST").roles()).containsExactly("writer");
        assertThat(combined.of("/a/x", "PUT").roles()).containsExactlyInAnyOrder("writer", "owner");
        assertThat(combined.of("/a/x", "OPTIONS").isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PATCH", "PROPFIND", "FOO", "get", "Get", "head", "trace", "POST ", ""})
    void t74_aMethodThatNoRuleListsIsRefused(String method) {
        Protections some = new Protections(
                List.of(rule("/a/*", Set.of("GET"), "user"), new Protection("/a/*", Set.of("POST"), Set.of(), true)));

        assertThat(some.of("/a/x", method).kind()).isEqualTo(Kind.NOBODY);
        assertThat(some.of("/b", method).isOpen()).isTrue();
    }

    @Test
    void t74_aRuleWithoutMethodsIsForEveryMethodThereMayBe() {
        for (String method : List.of("GET", "OPTIONS", "PROPFIND", "get", "FOO")) {
            assertThat(BY_NAME.of("/a/x", method).kind()).isEqualTo(Kind.CALLER);
        }
    }

    @Test
    void t74_traceIsRefusedWhereverARuleProtects() {
        Protections some = new Protections(List.of(
                rule("/a/*", Set.of("GET"), "user"),
                new Protection("/a/*", Set.of("POST"), Set.of(), true),
                new Protection("/open/*", Set.of(), Set.of(), true)));

        assertThat(some.of("/a/x", "TRACE").kind()).isEqualTo(Kind.NO_TRACE);
        assertThat(some.of("/open/x", "TRACE").isOpen()).isTrue();
    }

    @Test
    void whereGetIsOpenAndHeadIsNotTheStricterHolds() {
        Protections mixed = new Protections(
                List.of(new Protection("/a", Set.of("GET"), Set.of(), true), rule("/a", Set.of("HEAD"), "user")));

        assertThat(mixed.of("/a", "GET").isOpen()).isTrue();
        assertThat(mixed.of("/a", "HEAD").roles()).containsExactly("user");
    }

    @Test
    void ofWhatRulesOfOnePatternAskForTheStrictestHolds() {
        Protections combined = new Protections(List.of(
                asking("/a/*", Set.of(), new StepUp(Duration.ofMinutes(5), SecondFactorRule.WHEN_BOUND)),
                asking("/a/*", Set.of("POST"), new StepUp(Duration.ofMinutes(1), SecondFactorRule.OFF)),
                asking("/a/*", Set.of("PUT"), new StepUp(null, SecondFactorRule.REQUIRED)),
                rule("/a/b/*", Set.of(), "user")));

        assertThat(combined.of("/a/x", "GET").stepUp())
                .isEqualTo(new StepUp(Duration.ofMinutes(5), SecondFactorRule.WHEN_BOUND));
        assertThat(combined.of("/a/x", "POST").stepUp())
                .isEqualTo(new StepUp(Duration.ofMinutes(1), SecondFactorRule.WHEN_BOUND));
        assertThat(combined.of("/a/x", "PUT").stepUp())
                .isEqualTo(new StepUp(Duration.ofMinutes(5), SecondFactorRule.REQUIRED));
        assertThat(combined.of("/a/b/x", "GET").stepUp()).isEqualTo(StepUp.NONE);
    }

    private static Protection asking(String pattern, Set<String> methods, StepUp stepUp) {
        return new Protection(pattern, methods, Set.of("user"), false, stepUp);
    }

    private static Protection rule(String pattern, Set<String> methods, String role) {
        return new Protection(pattern, methods, Set.of(role), false);
    }
}
