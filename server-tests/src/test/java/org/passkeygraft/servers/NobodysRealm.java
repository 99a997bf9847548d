package org.passkeygraft.servers;

import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserStore;

/** A realm without users: Jetty wants one where web.xml has a login-config, and the graft must not need it. */
final class NobodysRealm {
    private NobodysRealm() {}

    static LoginService create() {
        HashLoginService realm = new HashLoginService("contract");
        realm.setUserStore(new UserStore());
        return realm;
    }
}
