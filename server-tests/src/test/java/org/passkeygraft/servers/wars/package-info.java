/** Web applications as others wrote them, grafted and visited, and the libraries that an application may bring. */
@NullMarked
package org.passkeygraft.servers.wars;

import org.jspecify.annotations.NullMarked;
