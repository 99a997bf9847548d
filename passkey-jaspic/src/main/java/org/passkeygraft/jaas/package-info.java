/** The JAAS door: a LoginModule in front of the one that checks passwords, for servers whose login form leads to JAAS. */
@NullMarked
package org.passkeygraft.jaas;

import org.jspecify.annotations.NullMarked;
