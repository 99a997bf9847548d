/** Runs the application on an embedded Jetty and grafts the passkeys on; the application never sees a class of these. */
@NullMarked
package org.passkeygraft.sample.launcher;

import org.jspecify.annotations.NullMarked;
