/**
 * A passkey in software, honest and otherwise, to test a relying party with: no browser, no device, no library beside
 * the JDK.
 *
 * <p>{@link org.passkeygraft.testing.SoftwareAuthenticator} answers the options of a ceremony as a browser's
 * {@code toJSON()} would. {@link org.passkeygraft.testing.Lies} bends one thing in such an answer at a time.
 */
@NullMarked
package org.passkeygraft.testing;

import org.jspecify.annotations.NullMarked;
