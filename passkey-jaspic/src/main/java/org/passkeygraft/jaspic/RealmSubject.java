package org.passkeygraft.jaspic;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.passkeygraft.Caller;

/**
 * Reads what containers put into a Subject for a right password. Each has its own way and no standard says which
 * (measured on seven servers): a principal whose class is called {@code Group}, {@code GroupPrincipal} or
 * {@code RolePrincipal}; Tomcat's GenericPrincipal among the credentials or the principals; a table of Liberty's.
 */
final class RealmSubject {
    private static final Set<String> GROUP_CLASSES = Set.of("Group", "GroupPrincipal", "RolePrincipal");
    private static final String TOMCAT = "org.apache.catalina.realm.GenericPrincipal";
    private static final String LIBERTY_GROUPS = "com.ibm.wsspi.security.cred.groups";

    private RealmSubject() {}

    /**
     * The caller, by the name the container gives it; by the name typed if it gives none, or several with that one among
     * them.
     *
     * @throws IllegalStateException if it gives several others: nobody can tell then whose passkeys these are
     */
    static Caller caller(Subject subject, String typed) {
        Set<String> names = Stream.concat(
                        subject.getPrincipals().stream().filter(principal -> !isGroup(principal)),
                        tomcatPrincipals(subject).map(Principal.class::cast))
                .map(Principal::getName)
                .filter(RealmSubject::isName)
                .collect(Collectors.toUnmodifiableSet());
        if (names.size() > 1 && !names.contains(typed)) {
            throw new IllegalStateException("the container gives more than one name for one user");
        }
        return new Caller(names.size() == 1 ? names.iterator().next() : typed, groups(subject));
    }

    private static Set<String> groups(Subject subject) {
        Stream<String> principals =
                subject.getPrincipals().stream().filter(RealmSubject::isGroup).map(Principal::getName);
        Stream<String> tomcat = tomcatPrincipals(subject).flatMap(RealmSubject::roles);
        Stream<String> liberty = subject.getPrivateCredentials().stream().flatMap(RealmSubject::libertyGroups);
        return Stream.of(principals, tomcat, liberty)
                .flatMap(names -> names)
                .filter(RealmSubject::isName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isGroup(Principal principal) {
        return GROUP_CLASSES.contains(principal.getClass().getSimpleName());
    }

    private static boolean isName(String name) {
        return name != null && !name.isBlank();
    }

    private static Stream<Object> tomcatPrincipals(Subject subject) {
        return Stream.<Object>concat(subject.getPrivateCredentials().stream(), subject.getPrincipals().stream())
                .filter(held -> held instanceof Principal && tomcatClass(held).isPresent());
    }

    private static Optional<Class<?>> tomcatClass(Object held) {
        return Stream.<Class<?>>iterate(held.getClass(), type -> type != null, Class::getSuperclass)
                .filter(type -> type.getName().equals(TOMCAT))
                .findFirst();
    }

    /** By reflection: the server's classes are not ours to compile against. */
    private static Stream<String> roles(Object tomcatPrincipal) {
        try {
            Method getRoles = tomcatClass(tomcatPrincipal).orElseThrow().getMethod("getRoles");
            return Stream.of((String[]) getRoles.invoke(tomcatPrincipal));
        } catch (ReflectiveOperationException otherTomcat) {
            throw new IllegalStateException("this version of Tomcat does not tell the roles of a user", otherTomcat);
        }
    }

    /** {@code group:realm/name}, or the name alone. */
    private static Stream<String> libertyGroups(Object credential) {
        if (credential instanceof Map<?, ?> table && table.get(LIBERTY_GROUPS) instanceof Collection<?> groups) {
            return groups.stream().map(String::valueOf).map(group -> group.replaceFirst("^group:[^/]*/", ""));
        }
        return Stream.empty();
    }
}
