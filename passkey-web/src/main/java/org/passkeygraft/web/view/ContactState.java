package org.passkeygraft.web.view;

/**
 * A contact that is set.
 *
 * @param masked as much of it as a page may show
 * @param usable whether codes go there already
 */
public record ContactState(String masked, Moment since, Moment usableFrom, boolean usable) {}
