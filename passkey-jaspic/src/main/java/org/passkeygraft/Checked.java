package org.passkeygraft;

import java.util.Optional;
import java.util.function.Function;

/**
 * The outcome of one check among several: the value to go on with, or why not.
 *
 * @param <T> what the next check works on
 */
public sealed interface Checked<T> {
    /** Good so far. */
    record Passed<T>(T value) implements Checked<T> {}

    /** Refused; nothing after this check runs. */
    record Refused<T>(Rejection reason) implements Checked<T> {}

    static <T> Checked<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Checked<T> refused(Rejection reason) {
        return new Refused<>(reason);
    }

    /** The value, if nothing was refused. */
    default Optional<T> passed() {
        return fold(Optional::of, reason -> Optional.empty());
    }

    /** Why not, if something was refused. */
    default Optional<Rejection> refusal() {
        return fold(value -> Optional.empty(), Optional::of);
    }

    /** Goes on with the next check unless this one refused. */
    default <R> Checked<R> then(Function<? super T, Checked<R>> next) {
        return fold(next, Checked::refused);
    }

    /** Ends the chain. */
    default <R> R fold(Function<? super T, ? extends R> passed, Function<Rejection, ? extends R> refused) {
        if (this instanceof Passed<T> good) {
            return passed.apply(good.value());
        }
        return refused.apply(((Refused<T>) this).reason());
    }
}
