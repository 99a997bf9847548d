package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.passkeygraft.Checked;
import org.passkeygraft.Contact;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.Backup;
import org.passkeygraft.engine.BackupManagement;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.BackupPage;
import org.passkeygraft.web.view.ContactState;
import org.passkeygraft.web.view.Moment;
import org.passkeygraft.web.view.Notice;

/** What a caller does for the day on which a device is lost: a contact, verified by a code, and codes for paper. */
public final class BackupServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final String CODES = "recovery-codes";
    private static final Pattern LIST = Pattern.compile("[0-9A-Z-]{1,40}(\\s{1,4}[0-9A-Z-]{1,40}){0,19}\\s{0,4}");

    public BackupServlet() {
        super(new Routes()
                .get("/passkey/backup", BackupServlet::show)
                .post("/passkey/backup/contact", BackupServlet::requestContact)
                .post("/passkey/backup/contact/code", BackupServlet::verifyContact)
                .post("/passkey/backup/contact/deletion", BackupServlet::removeContact)
                .get("/passkey/backup/recovery-codes", BackupServlet::showCodes)
                .post("/passkey/backup/recovery-codes", BackupServlet::makeCodes)
                .post("/passkey/backup/recovery-codes/file", BackupServlet::file));
    }

    private static BackupManagement backup(WebExchange exchange) {
        return exchange.runtime().backup();
    }

    private static ProvenCaller proven(WebExchange exchange, CallerSession caller) {
        return caller.provenCaller(ProofGroup.OWN, exchange.client());
    }

    private static void show(WebExchange exchange) throws IOException, ServletException, RefusedException {
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        boolean asks = exchange.field("ask").equals("replace");
        page(
                exchange,
                200,
                page -> asks ? page.asking() : notice.map(page::with).orElse(page));
    }

    private static void page(WebExchange exchange, int status, UnaryOperator<BackupPage> said)
            throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        Backup backup = backup(exchange).of(caller.account(), caller.secret());
        BackupPage page = new BackupPage(
                exchange.site(),
                caller.account().name(),
                backup.reachesPhones(),
                backup.reachesMail(),
                backup.known().map(BackupServlet::state).orElse(null),
                backup.underVerification().map(Contact::masked).orElse(""),
                backup.recoveryCodes(),
                backup.recoveryCodesServe(),
                false,
                List.of(),
                null,
                null);
        exchange.page(status, said.apply(page));
    }

    private static ContactState state(Backup.State known) {
        return new ContactState(
                known.contact().masked(),
                new Moment(known.verifiedAt()),
                known.forCodesFrom().map(Moment::new).orElse(null),
                known.usable());
    }

    private static void requestContact(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        Optional<Rejection> refusal =
                backup(exchange).requestContact(proven(exchange, caller), caller.secret(), exchange.field("contact"));
        answer(exchange, refusal, Notice.CODE_SENT);
    }

    private static void verifyContact(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        Optional<Rejection> refusal =
                backup(exchange).verifyContact(proven(exchange, caller), caller.secret(), exchange.field("code"));
        answer(exchange, refusal, Notice.CONTACT_SET);
    }

    private static void removeContact(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        answer(
                exchange,
                backup(exchange).removeContact(proven(exchange, exchange.requireCaller())),
                Notice.CONTACT_REMOVED);
    }

    private static void makeCodes(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        if (asksFirst(exchange, caller)) {
            exchange.goOn(exchange.own("/backup?ask=replace"));
            return;
        }
        Checked<List<String>> made = backup(exchange).newRecoveryCodes(proven(exchange, caller));
        if (made.refusal().isPresent()) {
            refuse(exchange, made.refusal().get());
            return;
        }
        List<String> codes = made.passed().orElseThrow();
        if (exchange.wantsJson()) {
            exchange.json(200, Map.of("codes", codes));
        } else {
            caller.keepOnce(CODES, String.join("\n", codes));
            exchange.goOn(exchange.own("/backup/recovery-codes"));
        }
    }

    /** A person is asked before codes that still exist are replaced; a client that asks for data knows what it does. */
    private static boolean asksFirst(WebExchange exchange, CallerSession caller) throws RefusedException {
        return !exchange.wantsJson()
                && !exchange.field("replace").equals("true")
                && backup(exchange).of(caller.account(), caller.secret()).recoveryCodes() > 0;
    }

    /** The only page that ever holds them, once; loaded again it is the page without them. */
    private static void showCodes(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        Optional<String> codes = exchange.takeOnce(caller, CODES);
        if (codes.isPresent()) {
            List<String> made = List.of(codes.get().split("\n", -1));
            page(exchange, 200, page -> page.showing(made));
        } else {
            exchange.goOn(exchange.own("/backup"));
        }
    }

    /** What the page sends back, as a file: no code is kept here, and none stands in an address. */
    private static void file(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireForm();
        exchange.requireCaller();
        String codes = exchange.field("codes");
        if (!LIST.matcher(codes).matches()) {
            throw new RefusedException(Problem.INVALID_REQUEST);
        }
        exchange.response().setHeader("Content-Disposition", "attachment; filename=\"recovery-codes.txt\"");
        byte[] content = (exchange.site().relyingPartyName() + "\n\n" + codes.replace("\r", "") + "\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.response().setContentType("text/plain;charset=UTF-8");
        exchange.response().getOutputStream().write(content);
    }

    private static void answer(WebExchange exchange, Optional<Rejection> refusal, Notice done)
            throws IOException, ServletException, RefusedException {
        if (refusal.isPresent()) {
            refuse(exchange, refusal.get());
        } else {
            exchange.done(exchange.own("/backup?notice=" + done.label()));
        }
    }

    private static void refuse(WebExchange exchange, Rejection reason)
            throws IOException, ServletException, RefusedException {
        Problem problem = Problem.ofBackup(reason);
        RefusedException refusal = Codes.refused(exchange, reason);
        if (exchange.wantsJson() || problem == Problem.AUTHENTICATION_REQUIRED) {
            throw refusal;
        }
        if (problem == Problem.CONFIRMATION_REQUIRED) {
            exchange.goOn(exchange.own("/confirm?return=")
                    + exchange.runtime().targets().seal("/passkey/backup")
                    + "&notice=unsent");
        } else {
            page(exchange, problem.status(), page -> page.with(Codes.alert(problem)));
        }
    }
}
