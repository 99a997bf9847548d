/** The examples of the documentation, compiled and run. */
@NullMarked
package org.passkeygraft.example;

import org.jspecify.annotations.NullMarked;
