package org.passkeygraft.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A promise that is known to be broken somewhere: it stays red in the table, with the reason below it, and the build goes
 * on. As soon as it is kept after all, the test fails until this is removed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(KnownGap.All.class)
@interface KnownGap {
    ServerKind[] servers();

    Door[] doors();

    String reason();

    /** Holds several. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        KnownGap[] value();
    }
}
