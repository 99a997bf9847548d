package com.sun.enterprise.security.auth.login.common;

/** What Payara and GlassFish give a LoginModule instead of answers to its callbacks: the three methods, and no more. */
public final class PasswordCredential {
    private final String user;
    private final String password;

    public PasswordCredential(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String getUser() {
        return user;
    }

    public char[] getPassword() {
        return password.toCharArray();
    }

    public String getRealm() {
        return "file";
    }
}
