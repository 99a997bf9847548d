/** An application that lives on old libraries. It knows nothing of passkeys. */
@NullMarked
package org.passkeygraft.servers.wars.neighbour;

import org.jspecify.annotations.NullMarked;
