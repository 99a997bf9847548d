/** How an application is configured: read once, checked as a whole, immutable afterwards. */
@NullMarked
package org.passkeygraft.config;

import org.jspecify.annotations.NullMarked;
