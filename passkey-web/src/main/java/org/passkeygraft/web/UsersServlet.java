package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.engine.AdministeredUser;
import org.passkeygraft.engine.FoundUsers;
import org.passkeygraft.engine.ResetIssue;
import org.passkeygraft.engine.UserAdministration;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.GivenPass;
import org.passkeygraft.web.view.Notice;
import org.passkeygraft.web.view.UserDialog;
import org.passkeygraft.web.view.UserPage;

/**
 * Users and their passkeys, for administrators, whom every handler asks for itself (T-52). A user is named by the user
 * handle, so that no address or access log says whom an administrator looked at.
 */
public final class UsersServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public UsersServlet() {
        super(new Routes()
                .get("/passkey/admin/users", UsersServlet::search)
                .post("/passkey/admin/users", UsersServlet::open)
                .get("/passkey/admin/users/{id}", UsersServlet::user)
                .post("/passkey/admin/users/{id}/passkeys/{passkey}/deletion", UsersServlet::revoke)
                .post("/passkey/admin/users/{id}/passkeys/deletion", UsersServlet::revokeAll)
                .post("/passkey/admin/users/{id}/sessions/end", UsersServlet::endSessions)
                .post("/passkey/admin/users/{id}/reset", UsersServlet::reset)
                .get("/passkey/admin/users/{id}/reset-link", UsersServlet::resetLink));
    }

    private static void search(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        String typed = exchange.field("q");
        FoundUsers found = exchange.runtime().users().search(typed);
        if (exchange.wantsJson()) {
            exchange.json(200, UserJson.of(found));
        } else {
            exchange.page(200, new UserPages(exchange, administrator.account()).found(typed, found));
        }
    }

    /** To the page of an account that never had a passkey. */
    private static void open(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession administrator = exchange.requireAdministrator();
        String name = exchange.field("name");
        Checked<UserHandle> opened = exchange.runtime().users().open(caller(exchange, administrator), name);
        if (opened.refusal().filter(Rejection.CONFIRMATION_REQUIRED::equals).isPresent() && !exchange.wantsJson()) {
            exchange.confirmFirst(ProofGroup.ADMINISTRATION, "/passkey/admin/users?q=" + Encoded.query(name));
            return;
        }
        UserHandle handle = opened.passed()
                .orElseThrow(() -> new RefusedException(
                        Problem.ofAdministration(opened.refusal().orElseThrow())));
        exchange.goOn(exchange.own("/admin/users/" + handle));
    }

    private static void user(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        AdministeredUser user = requireUser(exchange);
        if (exchange.wantsJson()) {
            exchange.json(200, UserJson.of(user));
            return;
        }
        Optional<UserDialog> dialog = UserDialog.parse(exchange.field("ask"), exchange.field("passkey"));
        if (dialog.isPresent()) {
            ask(exchange, administrator, dialog.get());
            return;
        }
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        page(exchange, administrator, 200, page -> notice.map(page::with).orElse(page));
    }

    /** Asks for the proof before the dialog opens rather than afterwards. */
    private static void ask(WebExchange exchange, CallerSession administrator, UserDialog dialog)
            throws IOException, ServletException, RefusedException {
        Optional<Rejection> objection =
                exchange.runtime().administrators().objectionToChange(caller(exchange, administrator));
        if (objection.isPresent()) {
            refuse(exchange, administrator, objection.get(), dialog);
        } else {
            page(exchange, administrator, 200, page -> page.with(dialog));
        }
    }

    private static void revoke(WebExchange exchange) throws IOException, ServletException, RefusedException {
        String passkey = exchange.variable("{passkey}");
        change(
                exchange,
                (users, by, user) -> users.revoke(by, user, passkey),
                UserDialog.revoke(passkey),
                Notice.REVOKED);
    }

    private static void revokeAll(WebExchange exchange) throws IOException, ServletException, RefusedException {
        change(exchange, UserAdministration::revokeAll, UserDialog.of(UserDialog.Kind.REVOKE_ALL), Notice.REVOKED_ALL);
    }

    private static void endSessions(WebExchange exchange) throws IOException, ServletException, RefusedException {
        change(
                exchange,
                UserAdministration::endSessions,
                UserDialog.of(UserDialog.Kind.END_SESSIONS),
                Notice.USER_LOGGED_OFF);
    }

    @FunctionalInterface
    private interface Change {
        Optional<Rejection> make(UserAdministration users, ProvenCaller by, String userHandle);
    }

    private static void change(WebExchange exchange, Change change, UserDialog dialog, Notice notice)
            throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession administrator = exchange.requireAdministrator();
        Optional<Rejection> refusal =
                change.make(exchange.runtime().users(), caller(exchange, administrator), exchange.variable());
        if (refusal.isPresent()) {
            refuse(exchange, administrator, refusal.get(), dialog);
        } else {
            exchange.done(exchange.own("/admin/users/" + exchange.variable() + "?notice=" + notice.label()));
        }
    }

    private static void reset(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession administrator = exchange.requireAdministrator();
        ProvenCaller caller = caller(exchange, administrator);
        String request = exchange.field("request");
        ResetIssue issue = request.isEmpty()
                ? exchange.runtime().resetPasses().issue(caller, exchange.variable())
                : exchange.runtime().resetPasses().approve(caller, exchange.variable(), request);
        if (issue instanceof ResetIssue.Issued issued) {
            show(exchange, administrator, issued);
        } else if (issue instanceof ResetIssue.Refused refused) {
            UserDialog.Kind kind = request.isEmpty() ? UserDialog.Kind.RESET : UserDialog.Kind.APPROVE;
            refuse(exchange, administrator, refused.reason(), UserDialog.of(kind));
        } else {
            exchange.done(
                    exchange.own("/admin/users/" + exchange.variable() + "?notice=" + Notice.RESET_REQUESTED.label()));
        }
    }

    /** The pass is seen once, on the page that this leads to. */
    private static void show(WebExchange exchange, CallerSession administrator, ResetIssue.Issued issued)
            throws IOException, ServletException, RefusedException {
        String link = exchange.configuredOrigin() + exchange.own("/reset?pass=") + issued.pass();
        if (exchange.wantsJson()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("link", link);
            body.put("expiresAt", issued.expiresAt());
            exchange.json(200, body);
        } else {
            administrator.keepOnce(place(exchange), issued.expiresAt() + "\n" + link);
            exchange.goOn(exchange.own("/admin/users/" + exchange.variable() + "/reset-link"));
        }
    }

    private static String place(WebExchange exchange) {
        return "reset-link of " + exchange.variable();
    }

    private static void resetLink(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        Optional<String> kept = exchange.takeOnce(administrator, place(exchange));
        if (kept.isPresent()) {
            String[] lines = kept.get().split("\n", -1);
            GivenPass pass = new GivenPass(lines[1], Instant.parse(lines[0]));
            page(exchange, administrator, 200, page -> page.with(pass));
        } else {
            exchange.goOn(exchange.own("/admin/users/" + exchange.variable()));
        }
    }

    private static void refuse(WebExchange exchange, CallerSession administrator, Rejection reason, UserDialog dialog)
            throws IOException, ServletException, RefusedException {
        Problem problem = Problem.ofAdministration(reason);
        boolean isSaidOnThePage = List.of(
                        Problem.OWN_ACCOUNT,
                        Problem.OWN_REQUEST,
                        Problem.SECOND_ADMINISTRATOR,
                        Problem.ACCOUNT_UNUSABLE,
                        Problem.PASSKEYS_OFF,
                        Problem.NOT_FOUND,
                        Problem.STALE)
                .contains(problem);
        if (exchange.wantsJson()) {
            throw new RefusedException(problem);
        } else if (problem == Problem.CONFIRMATION_REQUIRED) {
            exchange.confirmFirst(
                    ProofGroup.ADMINISTRATION, "/passkey/admin/users/" + exchange.variable() + "?" + dialog.query());
        } else if (isSaidOnThePage) {
            page(exchange, administrator, problem.status(), page -> page.with(Alert.of(problem.code())));
        } else {
            throw new RefusedException(problem);
        }
    }

    private static void page(
            WebExchange exchange, CallerSession administrator, int status, UnaryOperator<UserPage> said)
            throws IOException, ServletException, RefusedException {
        Account account = administrator.account();
        exchange.page(status, said.apply(new UserPages(exchange, account).of(requireUser(exchange))));
    }

    private static AdministeredUser requireUser(WebExchange exchange) throws RefusedException {
        return exchange.runtime()
                .users()
                .find(exchange.variable())
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND));
    }

    private static ProvenCaller caller(WebExchange exchange, CallerSession administrator) {
        return administrator.provenCaller(ProofGroup.ADMINISTRATION, exchange.client());
    }
}
