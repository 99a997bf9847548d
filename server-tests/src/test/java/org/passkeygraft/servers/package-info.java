/**
 * The graft on real servers. {@link org.passkeygraft.servers.ServerKind} starts one,
 * {@link org.passkeygraft.servers.WarBuilder} makes what is deployed on it.
 */
@NullMarked
package org.passkeygraft.servers;

import org.jspecify.annotations.NullMarked;
