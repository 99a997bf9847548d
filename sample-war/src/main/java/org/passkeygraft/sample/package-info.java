/** The harbour office: an application of the old school, with servlets, pages and container-managed security. */
@NullMarked
package org.passkeygraft.sample;

import org.jspecify.annotations.NullMarked;
