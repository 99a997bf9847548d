package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/**
 * What three people see of a protected page.
 *
 * @param member logged on by a passkey that was bound before, in another browser
 */
record Views(String anonymous, String member, String stranger) {
    /** What a right graft shows. */
    static final Views RIGHT = new Views("logon page", "the page", "403");

    /** Visits the application. The page contains this mark, and nobody but the member may see it. */
    static Views of(URI application, String path, String mark) {
        String anonymous = seen(new ScreenlessBrowser(application), path, mark);
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        bind(application, device);
        ScreenlessBrowser member = new ScreenlessBrowser(application);
        Answer logon = member.logOn(device);
        assertThat(logon.status()).as(logon.body()).isEqualTo(200);
        ScreenlessBrowser stranger = new ScreenlessBrowser(application);
        assertThat(stranger.logOn("stranger", Accounts.PASSWORD).status()).isEqualTo(303);
        return new Views(anonymous, seen(member, path, mark), seen(stranger, path, mark));
    }

    private static void bind(URI application, SoftwareAuthenticator device) {
        ScreenlessBrowser browser = new ScreenlessBrowser(application);
        Answer logon = browser.logOn("member", Accounts.PASSWORD);
        assertThat(logon.status()).as(logon.body()).isEqualTo(303);
        Answer bound = browser.bind(device, "phone");
        assertThat(bound.status()).as(bound.body()).isEqualTo(201);
    }

    private static String seen(ScreenlessBrowser browser, String path, String mark) {
        Answer answer = browser.visit(path);
        boolean marked = answer.body().contains(mark);
        if (answer.status() == 302 && !marked && answer.location().contains("/passkey/logon?to=")) {
            return "logon page";
        }
        return answer.status() == 200 && marked ? "the page" : answer.status() + (marked ? " and the page" : "");
    }
}
