package org.passkeygraft.servers;

/** What every door promises on every server: the rows of docs/servers.md, in this order. */
enum Promise {
    PASSWORD("A password logs on and leads back to the page asked for"),
    PASSKEY("A passkey logs on, with the roles of the application's accounts"),
    REFUSAL("A wrong password, an unknown name, a locked account: refused, all alike"),
    ROLES("A page for another role: 403"),
    OWN_ERROR_PAGE("That 403 is explained by the application's own error page"),
    PUBLIC("Public pages are open, and know who is logged on"),
    CHALLENGE("Not logged on: a browser gets the logon page, a script 401 and JSON, a form 303", Scope.OUR_LOGON),
    CALLER("`getUserPrincipal`, `getRemoteUser`, `isUserInRole` and `getAuthType` agree"),
    ANY_CALLER("`isUserInRole(\"**\")` is true for every caller"),
    LOGOUT("`logout()` and our logoff end the logon; the old cookie is nobody's"),
    AUTHENTICATE("`authenticate()` challenges, or says true", Scope.OUR_LOGON),
    LOGIN("`login()` logs on for this request and the next", Scope.OUR_LOGON),
    SESSION_ID("The session id changes at the logon, and the one before is nobody's"),
    STABLE_SESSION_ID("After the first page the session id stays"),
    STABLE_FROM_THE_LOGON("It stays from the logon on"),
    SESSION_CONTENT("Another caller's session is not inherited; an anonymous one's content is kept", Scope.OUR_LOGON),
    COOKIE("The session cookie is HttpOnly and SameSite, and the id in no URL"),
    FORGED("An ended, forged or broken session is nobody's"),
    LOCK("A lock counts within the recheck time"),
    ROLE_CHANGE("A role that is given or taken away counts within the recheck time", Scope.OUR_LOGON),
    KEEP_ALIVE("A connection goes on after a redirect and after a 401"),
    BODY("Request bodies reach the application untouched"),
    FORWARD("Forward, include, async and error dispatches carry the request's own caller"),
    SPELLINGS("No spelling of a path gets past the protection"),
    METHODS("No HTTP method gets past the protection"),
    HEADERS("No header moves or elevates a request"),
    FILES("Nothing of WEB-INF and no JSP source is served"),
    CACHES("No shared cache may keep what a session shaped"),
    ONE_WORKER("One worker thread: after a caller's request, also a failed one, it is nobody's"),
    MANY_WORKERS("Many threads: no answer ever carries the other's name"),
    FAIL_CLOSED("Accounts that cannot be asked: 503 for what is protected, and all recovers"),
    PUBLIC_GOES_ON("Public pages go on meanwhile"),
    REPLAY("An answer to a ceremony counts once, in the browser that asked, for its own kind"),
    LIES("A passkey's answer for another origin, another relying party, another user is refused"),
    OWN_PASSKEYS("Nobody sees or changes another user's passkeys"),
    SECOND_FACTOR("A second factor is asked for after the password, and completes the logon"),
    HALF_LOGON("With half a logon nothing is shown, and nobody is the caller"),
    STEP_UP("A place that asks for a fresh proof sends to it, and is reached with it"),
    ROOT("The same as the root application", Scope.MODULE);

    private final String text;
    private final Scope scope;

    /** A promise of every door. */
    Promise(String text) {
        this(text, Scope.EVERY_DOOR);
    }

    Promise(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    boolean isOf(Door door) {
        return switch (scope) {
            case EVERY_DOOR -> true;
            case OUR_LOGON -> door != Door.JAAS;
            case MODULE -> door == Door.MODULE;
        };
    }

    /** Which doors make a promise. */
    private enum Scope {
        EVERY_DOOR,
        /** Those where the logon is ours and not the container's FORM. */
        OUR_LOGON,
        MODULE
    }

    String text() {
        return text;
    }
}
