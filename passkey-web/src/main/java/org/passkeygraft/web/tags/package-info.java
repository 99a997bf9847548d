/** JSP tags for login pages of the application's own; {@code META-INF/passkey.tld} describes them. */
@NullMarked
package org.passkeygraft.web.tags;

import org.jspecify.annotations.NullMarked;
