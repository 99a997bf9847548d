/** The Jakarta Authentication door. The only package that knows its types and the containers' quirks. */
@NullMarked
package org.passkeygraft.jaspic;

import org.jspecify.annotations.NullMarked;
