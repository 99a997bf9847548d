/** The only extension door: how an application brings its own accounts, audit trail or messages. */
@NullMarked
package org.passkeygraft.spi;

import org.jspecify.annotations.NullMarked;
