package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.PasskeyList;
import org.passkeygraft.engine.ReturnTargets;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.BindPage;
import org.passkeygraft.web.view.NameSuggestion;
import org.passkeygraft.web.view.Notice;
import org.passkeygraft.web.view.PasskeyDialog;
import org.passkeygraft.web.view.PasskeyRow;
import org.passkeygraft.web.view.Providers;
import org.passkeygraft.web.view.SecurityPage;
import org.passkeygraft.web.view.UserEntity;

/** A caller's own passkeys: the offer to bind one, Logon Security, and the same as data. */
public final class PasskeysServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final Providers PROVIDERS = Providers.known();

    public PasskeysServlet() {
        super(new Routes()
                .get("/passkey/bind", PasskeysServlet::offer)
                .post("/passkey/bind/later", PasskeysServlet::later)
                .get("/passkey/security", PasskeysServlet::security)
                .getJson("/passkey/passkeys", PasskeysServlet::list)
                .postJson("/passkey/passkeys", PasskeysServlet::bind)
                .postJson("/passkey/passkeys/options", PasskeysServlet::options)
                .getJson("/passkey/passkeys/{id}", PasskeysServlet::one)
                .post("/passkey/passkeys/{id}/name", PasskeysServlet::rename)
                .post("/passkey/passkeys/{id}/deletion", PasskeysServlet::delete));
    }

    private static void offer(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        String target = target(exchange);
        if (!exchange.runtime().authentication().passkeysAllowed()) {
            exchange.goOn(exchange.location(target));
            return;
        }
        PasskeyList list = exchange.runtime().passkeys().list(caller.account());
        boolean demanded = exchange.field("for").equals(ProofGroup.APPLICATION.label());
        if (demanded && !list.passkeys().isEmpty()) {
            exchange.goOn(exchange.location(target));
            return;
        }
        if (list.isFull()) {
            exchange.goOn(exchange.own("/security"));
            return;
        }
        String here = "/passkey/bind?to=" + target + (demanded ? "&for=" + ProofGroup.APPLICATION.label() : "");
        exchange.page(
                200,
                new BindPage(
                        exchange.site(),
                        caller.account().name(),
                        suggestion(exchange, list),
                        passwordFact(exchange, caller),
                        demanded,
                        target,
                        exchange.runtime().targets().seal(here),
                        demanded ? exchange.location(target) : exchange.own("/security?notice=bound"),
                        demanded ? exchange.own("/security") : exchange.location(target),
                        Notice.parse(exchange.field("notice")).orElse(null),
                        null));
    }

    private static String passwordFact(WebExchange exchange, CallerSession caller) {
        return switch (exchange.runtime()
                .passkeys()
                .passwordAfterBinding(caller.caller().groups())) {
            case LOGON -> "bind.fact.password";
            case HALF -> "bind.fact.both";
            case NOTHING -> "bind.fact.instead";
        };
    }

    /** Where to go on afterwards, sealed by us; empty if nowhere, or to what would not fit into an address once more. */
    private static String target(WebExchange exchange) throws RefusedException {
        String sealed = exchange.field("to");
        return exchange.runtime()
                .targets()
                .open(sealed)
                .filter(path -> path.length() <= ReturnTargets.LONGEST_PATH)
                .map(path -> sealed)
                .orElse("");
    }

    private static void later(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        exchange.runtime().passkeys().deferBinding(caller.provenCaller(ProofGroup.OWN, exchange.client()));
        exchange.goOn(exchange.location(exchange.field("to")));
    }

    private static void security(WebExchange exchange) throws IOException, ServletException, RefusedException {
        String renamed = exchange.field("rename");
        String typed = exchange.field("name");
        String deleted = exchange.field("delete");
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        security(exchange, 200, page -> {
            if (!renamed.isEmpty()) {
                return page.with(PasskeyDialog.rename(renamed, typed));
            }
            if (!deleted.isEmpty()) {
                return page.with(PasskeyDialog.delete(deleted));
            }
            return notice.map(page::with).orElse(page);
        });
    }

    private static void security(WebExchange exchange, int status, UnaryOperator<SecurityPage> said)
            throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        PasskeyList list = exchange.runtime().passkeys().list(caller.account());
        UserEntity user = new UserEntity(
                list.userHandle().map(Object::toString).orElse(""),
                caller.account().name(),
                caller.account().name());
        List<PasskeyRow> rows = list.passkeys().stream()
                .map(passkey -> PasskeyRow.of(passkey, PROVIDERS))
                .toList();
        boolean allowed = exchange.runtime().authentication().passkeysAllowed();
        boolean administrator =
                exchange.runtime().administrators().isRoleOf(caller.caller().groups());
        SecurityPage page = SecurityPage.listing(
                exchange.site(),
                user,
                rows,
                list.maximum(),
                allowed,
                administrator,
                exchange.runtime().passkeys().keepsLast(caller.caller().groups()),
                exchange.runtime().sessions().staysLoggedOn(caller.provenCaller(ProofGroup.OWN, exchange.client())),
                exchange.runtime().passkeys().keysServe(),
                suggestion(exchange, list));
        exchange.page(status, said.apply(page));
    }

    private static String suggestion(WebExchange exchange, PasskeyList list) {
        List<PasskeyName> taken =
                list.passkeys().stream().map(CredentialRecord::name).toList();
        return NameSuggestion.of(exchange.site().texts(), exchange.client().userAgent(), taken);
    }

    private static void list(WebExchange exchange) throws IOException, RefusedException {
        PasskeyList list =
                exchange.runtime().passkeys().list(exchange.requireCaller().account());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("passkeys", PasskeyJson.of(list.passkeys()));
        body.put("maximum", list.maximum());
        exchange.json(200, body);
    }

    private static void one(WebExchange exchange) throws IOException, RefusedException {
        ProvenCaller caller = exchange.requireCaller().provenCaller(ProofGroup.OWN, exchange.client());
        CredentialRecord passkey = exchange.runtime()
                .passkeys()
                .view(caller, exchange.variable())
                .passed()
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND));
        exchange.json(200, PasskeyJson.of(passkey));
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        BindingWish wish = BindingWish.read(exchange.jsonBody());
        ProvenCaller proven = caller.provenCaller(ProofGroup.OWN, exchange.client());
        exchange.begun(exchange.runtime().passkeys().beginBinding(proven, wish.name(), wish.use()), Problem::ofChange);
    }

    private static void bind(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        CeremonyAnswer answer = exchange.answer(CeremonyKind.BINDING);
        answer(
                exchange,
                exchange.runtime().passkeys().bind(caller.provenCaller(ProofGroup.OWN, exchange.client()), answer));
    }

    /** The passkey that was bound, or why none was. */
    static void answer(WebExchange exchange, BindResult result) throws IOException, RefusedException {
        if (result instanceof BindResult.Bound bound) {
            String id = bound.passkey().id().key();
            exchange.response().setHeader("Location", exchange.own("/passkeys/" + id));
            exchange.json(201, PasskeyJson.of(bound.passkey()));
        } else {
            Rejection reason = ((BindResult.Refused) result).reason();
            throw new RefusedException(Problem.ofChange(reason));
        }
    }

    private static void rename(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        String typed = exchange.field("name");
        Optional<Rejection> refusal = exchange.runtime()
                .passkeys()
                .rename(caller.provenCaller(ProofGroup.OWN, exchange.client()), exchange.variable(), typed);
        if (refusal.isEmpty()) {
            exchange.done(exchange.own("/security?notice=" + Notice.RENAMED.label()));
            return;
        }
        Problem problem = Problem.ofChange(refusal.get());
        boolean aboutTheName = problem == Problem.INVALID_NAME || problem == Problem.NAME_TAKEN;
        if (aboutTheName && !exchange.wantsJson()) {
            Alert alert = Alert.of(problem.code());
            PasskeyDialog dialog = PasskeyDialog.renameRefused(exchange.variable(), typed, alert);
            security(exchange, problem.status(), page -> page.with(dialog));
        } else {
            String typedName = PasskeyName.parse(typed)
                    .map(valid -> "&name=" + Encoded.query(valid.text()))
                    .orElse("");
            refuseChange(exchange, problem, "rename=" + Encoded.query(exchange.variable()) + typedName);
        }
    }

    private static void delete(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        Optional<Rejection> refusal = exchange.runtime()
                .passkeys()
                .delete(caller.provenCaller(ProofGroup.OWN, exchange.client()), exchange.variable());
        if (refusal.isPresent()) {
            refuseChange(exchange, Problem.ofChange(refusal.get()), "delete=" + Encoded.query(exchange.variable()));
            return;
        }
        caller.outliveOwnChange();
        exchange.done(exchange.own("/security?notice=" + Notice.DELETED.label()));
    }

    private static void refuseChange(WebExchange exchange, Problem problem, String dialog)
            throws IOException, ServletException, RefusedException {
        if (exchange.wantsJson() || problem == Problem.AUTHENTICATION_REQUIRED) {
            throw new RefusedException(problem);
        }
        if (problem == Problem.CONFIRMATION_REQUIRED) {
            String back = "/passkey/security?" + dialog;
            exchange.goOn(exchange.own("/confirm?return=")
                    + exchange.runtime().targets().seal(back));
        } else {
            security(exchange, problem.status(), page -> page.with(Alert.of(problem.code())));
        }
    }
}
