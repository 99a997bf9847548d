package org.passkeygraft.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.passkeygraft.Account;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PolicyStore;

/**
 * Tells whom a typed name means. A name is taken as it is typed first (S5); only if that is nobody's name, its logon suffix
 * goes, then blanks and invisible characters around it ({@link TypedNames#seen}). So a suffix gives names to users and takes
 * none away, and a blank that is part of a name stays one.
 *
 * <p>Each form that a typed name has costs one question more, whoever it means, and nobody's too (T-62); a plain name has
 * one form. A directory that remembers logons only (kinds {@code jaas} and {@code container}) does not know who exists:
 * there the suffix goes unless the whole name has logged on before, and no account's own name may end with it.
 *
 * @param isComplete whether the directory knows every account there is
 */
record LogonNames(PolicyStore policy, CallerDirectory directory, boolean isComplete) {
    static LogonNames of(Parts parts) {
        return new LogonNames(
                parts.store().policy(),
                parts.accounts().directory(),
                parts.accounts().knowsEveryAccount());
    }

    /** One for all forms of a name, by no question. */
    String bare(String typed) {
        String seen = TypedNames.seen(typed);
        return stripped(seen).orElse(seen);
    }

    /** The account that is meant; empty if none is. */
    Optional<Account> resolve(String typed) {
        return forms(typed).stream()
                .flatMap(form -> directory.resolve(form).stream())
                .findFirst();
    }

    /**
     * Returns the same request under the name that the accounts know. Where they do not know who exists, it is the request
     * under each name that may be meant, in the order in which to try them; one attempt all together.
     */
    List<LogonRequest.Password> meant(LogonRequest.Password request) {
        return names(request.username()).map(request::under).toList();
    }

    private Stream<String> names(String typed) {
        if (isComplete) {
            return Stream.of(known(forms(typed)));
        }
        return Stream.of(typed, TypedNames.seen(typed)).distinct().map(form -> known(suffixForms(form)));
    }

    /** The first form that is somebody's, else the last; the last itself need not be asked for, and all others are. */
    private String known(List<String> forms) {
        String last = forms.get(forms.size() - 1);
        List<String> known = forms.subList(0, forms.size() - 1).stream()
                .filter(form -> directory.resolve(form).isPresent())
                .toList();
        return known.isEmpty() ? last : known.get(0);
    }

    /** Every form of the name once, the one typed first. */
    private List<String> forms(String typed) {
        LinkedHashSet<String> forms = new LinkedHashSet<>(suffixForms(typed));
        String seen = TypedNames.seen(typed);
        if (!seen.isEmpty()) {
            forms.addAll(suffixForms(seen));
        }
        return List.copyOf(forms);
    }

    private List<String> suffixForms(String name) {
        return Stream.concat(Stream.of(name), stripped(name).stream()).toList();
    }

    private Optional<String> stripped(String typed) {
        return policy.current().suffixes().strip(typed);
    }
}
