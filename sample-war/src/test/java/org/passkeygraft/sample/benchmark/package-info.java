/** What a logon costs, beside the least it could cost; run by hand, see docs/performance.md. */
@NullMarked
package org.passkeygraft.sample.benchmark;

import org.jspecify.annotations.NullMarked;
