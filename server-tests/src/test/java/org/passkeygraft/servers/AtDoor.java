package org.passkeygraft.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which cell of the table a contract class fills. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface AtDoor {
    ServerKind server();

    Door door();
}
