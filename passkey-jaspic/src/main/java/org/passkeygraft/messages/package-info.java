/** Brings codes and notices to users; the only place that knows Jakarta Mail and the HTTP client. */
@NullMarked
package org.passkeygraft.messages;

import org.jspecify.annotations.NullMarked;
