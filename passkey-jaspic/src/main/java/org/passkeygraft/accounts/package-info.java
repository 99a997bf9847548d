/** Built-in ways to use the accounts that a WAR already has. */
@NullMarked
package org.passkeygraft.accounts;

import org.jspecify.annotations.NullMarked;
