/** Strict reading and writing of JSON; no type of the JSON library is visible outside. */
@NullMarked
package org.passkeygraft.json;

import org.jspecify.annotations.NullMarked;
