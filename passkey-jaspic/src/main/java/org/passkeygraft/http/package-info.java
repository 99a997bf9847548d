/** What the ServerAuthModule and the filter share: the session record and the gate. */
@NullMarked
package org.passkeygraft.http;

import org.jspecify.annotations.NullMarked;
