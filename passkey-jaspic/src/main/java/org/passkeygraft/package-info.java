/**
 * The vocabulary of Passkey Graft: values only, in the words of WebAuthn Level 3 and Jakarta Authentication.
 *
 * <p>Nothing here talks to a database, a browser or a container. A value that exists is valid; whoever receives one
 * need not check it again.
 */
@NullMarked
package org.passkeygraft;

import org.jspecify.annotations.NullMarked;
