/** What an administrator can change while the application runs. */
@NullMarked
package org.passkeygraft.policy;

import org.jspecify.annotations.NullMarked;
