package org.passkeygraft.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An ordered map that may hold a key twice: a JSON object or a CBOR map as a liar would write it. */
final class Members {
    record Member(Object key, @Nullable Object value) {}

    private final List<Member> members = new ArrayList<>();

    /** Replaces the first value of this key in its place, or appends. */
    Members put(Object key, @Nullable Object value) {
        Member member = new Member(key, value);
        int index = indexOf(key);
        if (index < 0) {
            members.add(member);
        } else {
            members.set(index, member);
        }
        return this;
    }

    /** Appends, though the key be there. */
    Members repeat(Object key, @Nullable Object value) {
        members.add(new Member(key, value));
        return this;
    }

    Members remove(Object key) {
        members.removeIf(member -> member.key().equals(key));
        return this;
    }

    /** Takes the first member to the end. */
    Members rotate() {
        members.add(members.remove(0));
        return this;
    }

    boolean has(Object key) {
        return indexOf(key) >= 0;
    }

    Object get(Object key) {
        int index = indexOf(key);
        if (index < 0) {
            throw new NoSuchElementException("no member " + key);
        }
        return Objects.requireNonNull(members.get(index).value());
    }

    List<Member> list() {
        return List.copyOf(members);
    }

    Members copy() {
        Members copy = new Members();
        copy.members.addAll(members);
        return copy;
    }

    private int indexOf(Object key) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
