/** An application as it was before: servlets that know the Servlet specification and nothing of passkeys. */
@NullMarked
package org.passkeygraft.servers.application;

import org.jspecify.annotations.NullMarked;
