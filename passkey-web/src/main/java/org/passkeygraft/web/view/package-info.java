/**
 * What a page shows: one immutable record a page, made by a servlet and only printed by a JSP of
 * {@code /WEB-INF/passkey}, which finds it as the request attribute {@code page}.
 *
 * <p>Everything here is values. A record knows its words (they come from the bundle {@code Messages}) but nothing of
 * requests, sessions or HTML; escaping is the JSP's part.
 */
@NullMarked
package org.passkeygraft.web.view;

import org.jspecify.annotations.NullMarked;
