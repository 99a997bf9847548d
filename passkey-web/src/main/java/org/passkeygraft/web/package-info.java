/**
 * What a browser talks to: the filter, the servlets, and between them one class each for what HTTP asks of us: bodies,
 * cookies, origins, headers, errors.
 */
@NullMarked
package org.passkeygraft.web;

import org.jspecify.annotations.NullMarked;
