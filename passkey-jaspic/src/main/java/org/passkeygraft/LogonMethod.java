package org.passkeygraft;

/** How a caller proved who they are. */
public enum LogonMethod {
    PASSKEY,
    PASSWORD
}
