package org.passkeygraft.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The promise that a test method holds the doors to. Several methods may share one: all must pass. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Keeps {
    Promise value();
}
