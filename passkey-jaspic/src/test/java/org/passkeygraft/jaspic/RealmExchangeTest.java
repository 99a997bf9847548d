package org.passkeygraft.jaspic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.security.auth.message.callback.PasswordValidationCallback;
import java.io.IOException;
import java.io.Serializable;
import java.security.Principal;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Caller;
import org.passkeygraft.UnavailableException;

/** What containers answer to a PasswordValidationCallback, and what is made of it. */
final class RealmExchangeTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @Test
    void t86_principalsOfAPasswordThatIsWrongAreNobody() {
        RealmExchange realm = new RealmExchange(answering(false, new User("alice"), new Group("admin")));
        assertThat(realm.caller("alice", PASSWORD)).isEmpty();
    }

    @Test
    void aRightPasswordGivesTheNameAndTheGroupsOfTheContainer() {
        RealmExchange realm = new RealmExchange(answering(true, new User("alice"), new Group("user"), new Group(" ")));
        assertThat(realm.caller("ALICE", PASSWORD)).contains(new Caller("alice", Set.of("user")));
    }

    @Test
    void t111_severalNamesForOneUserAreNobodysUnlessOneWasTyped() {
        CallbackHandler several = answering(true, new User("alice"), new User("cn=alice,ou=people"));
        assertThat(new RealmExchange(several).caller("alice", PASSWORD)).contains(new Caller("alice", Set.of()));
        assertThatThrownBy(() -> new RealmExchange(several).caller("ALICE", PASSWORD))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void t98_aRealmThatBreaksDecidesNothing() {
        RealmExchange realm = new RealmExchange(callbacks -> {
            throw new IOException("the realm's database is down");
        });
        assertThatThrownBy(() -> realm.caller("alice", PASSWORD)).isInstanceOf(UnavailableException.class);
    }

    private static CallbackHandler answering(boolean right, Principal... principals) {
        return (Callback... callbacks) -> {
            PasswordValidationCallback question = (PasswordValidationCallback) callbacks[0];
            question.getSubject().getPrincipals().addAll(Set.of(principals));
            question.setResult(right);
        };
    }

    private record User(String getName) implements Principal, Serializable {}

    private record Group(String getName) implements Principal, Serializable {}
}
