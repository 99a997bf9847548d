/** WebAuthn ceremonies behind the guards G1 to G12. The only package that knows the WebAuthn library. */
@NullMarked
package org.passkeygraft.ceremony;

import org.jspecify.annotations.NullMarked;
