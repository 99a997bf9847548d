/** Where a logon is decided, and the composition root of one web application. */
@NullMarked
package org.passkeygraft.engine;

import org.jspecify.annotations.NullMarked;
