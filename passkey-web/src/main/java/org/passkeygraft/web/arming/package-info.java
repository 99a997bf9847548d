/**
 * Login pages of the application's own learn passkeys on their way to the browser: one attribute and one script element are
 * put into the login form, and whatever is not beyond doubt goes out as it was.
 */
@NullMarked
package org.passkeygraft.web.arming;

import org.jspecify.annotations.NullMarked;
