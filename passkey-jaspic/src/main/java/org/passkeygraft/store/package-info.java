/** Everything that is kept in a database. The only package that knows JPA; entities never leave it. */
@NullMarked
package org.passkeygraft.store;

import org.jspecify.annotations.NullMarked;
