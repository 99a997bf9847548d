/** The sample, its archives and its launcher as somebody meets them who has only the build's files. */
@NullMarked
package org.passkeygraft.sample;

import org.jspecify.annotations.NullMarked;
