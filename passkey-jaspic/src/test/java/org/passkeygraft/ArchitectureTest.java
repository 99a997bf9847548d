package org.passkeygraft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Who may depend on whom, and one wall for each foreign API. */
@AnalyzeClasses(packages = "org.passkeygraft", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "org.passkeygraft";

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.passkeygraft.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BASE_IS_VALUES = only(BASE);

    @ArchTest
    static final ArchRule CONFIG = only("config", "policy");

    @ArchTest
    static final ArchRule JSON = only("json", BASE);

    @ArchTest
    static final ArchRule SPI = only("spi", BASE, "config");

    @ArchTest
    static final ArchRule POLICY = only("policy", BASE);

    @ArchTest
    static final ArchRule STORE = only("store", BASE, "config", "policy");

    @ArchTest
    static final ArchRule ACCOUNTS = only("accounts", BASE, "config", "spi", "store");

    @ArchTest
    static final ArchRule CEREMONY = only("ceremony", BASE, "config", "json", "policy", "store");

    @ArchTest
    static final ArchRule MESSAGES = only("messages", BASE, "config", "json", "spi");

    @ArchTest
    static final ArchRule ENGINE =
            only("engine", BASE, "config", "spi", "policy", "accounts", "store", "ceremony", "messages");

    @ArchTest
    static final ArchRule HTTP = only("http", BASE, "config", "engine");

    @ArchTest
    static final ArchRule JASPIC = only("jaspic", BASE, "config", "engine", "http");

    @ArchTest
    static final ArchRule JAAS = only("jaas", BASE, "config", "engine");

    @ArchTest
    static final ArchRule WEBAUTHN_LIBRARY = wall("ceremony", "com.yubico..", "com.upokecenter..");

    @ArchTest
    static final ArchRule JSON_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackages("org.passkeygraft.json", "org.passkeygraft.ceremony")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule PERSISTENCE =
            wall("store", "jakarta.persistence..", "org.eclipse.persistence..", "org.flywaydb..");

    @ArchTest
    static final ArchRule POOL = wall("store", "com.zaxxer..");

    @ArchTest
    static final ArchRule HASHING = wall("accounts", "org.bouncycastle..");

    @ArchTest
    static final ArchRule MAIL =
            wall("messages", "jakarta.mail..", "jakarta.activation..", "org.eclipse.angus..", "java.net.http..");

    @ArchTest
    static final ArchRule JAKARTA_AUTHENTICATION = wall("jaspic", "jakarta.security.auth.message..");

    @ArchTest
    static final ArchRule LOGIN_MODULES = wall("jaas", "javax.security.auth.spi..");

    @ArchTest
    static final ArchRule SERVLET = noClasses()
            .that()
            .resideOutsideOfPackages("org.passkeygraft.http", "org.passkeygraft.jaspic")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.servlet..");

    /** The initializer has to load on servers that hide or lack Jakarta Authentication. */
    @ArchTest
    static final ArchRule INITIALIZER_LOADS_ANYWHERE = noClasses()
            .that()
            .haveSimpleNameStartingWith("PasskeyInitializer")
            .or()
            .haveSimpleName("Door")
            .or()
            .haveSimpleName("Grafting")
            .or()
            .haveSimpleName("Descriptors")
            .or()
            .haveSimpleName("ApplicationSettings")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.security.auth.message..");

    private static ArchRule only(String from, String... to) {
        String[] forbidden = Stream.of(
                        BASE,
                        "config",
                        "json",
                        "spi",
                        "policy",
                        "store",
                        "accounts",
                        "ceremony",
                        "messages",
                        "engine",
                        "http",
                        "jaas",
                        "jaspic")
                .filter(name -> !name.equals(from) && !Arrays.asList(to).contains(name))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(packageOf(from))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
    }

    private static ArchRule wall(String inside, String... foreign) {
        return classes()
                .that()
                .resideOutsideOfPackage(packageOf(inside))
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(foreign);
    }

    private static String packageOf(String name) {
        return name.equals(BASE) ? BASE : BASE + '.' + name;
    }
}
