package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.PolicyAdministration;
import org.passkeygraft.engine.PolicyResult;
import org.passkeygraft.engine.PolicyResult.Objection;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.policy.PolicyChange;
import org.passkeygraft.policy.PolicyFields;
import org.passkeygraft.policy.PolicyReading;
import org.passkeygraft.policy.VersionedPolicy;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.Notice;
import org.passkeygraft.web.view.SettingsDialog;
import org.passkeygraft.web.view.SettingsPage;
import org.passkeygraft.web.view.Site;

/** The settings that hold for everybody: for administrators, whom every handler asks for itself (T-52). */
public final class AdministrationServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final String DIALOG = "/passkey/admin?modify";

    public AdministrationServlet() {
        super(new Routes()
                .get("/passkey/admin", AdministrationServlet::settings)
                .get("/passkey/admin/settings", AdministrationServlet::data)
                .post("/passkey/admin/settings", AdministrationServlet::change));
    }

    private static void settings(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        if (exchange.has("modify")) {
            openDialog(exchange, administrator);
            return;
        }
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        page(exchange, administrator, 200, page -> notice.map(page::with).orElse(page));
    }

    /** Asks for the proof before anything is typed rather than afterwards. */
    private static void openDialog(WebExchange exchange, CallerSession administrator)
            throws IOException, ServletException, RefusedException {
        ProvenCaller caller = administrator.provenCaller(ProofGroup.ADMINISTRATION, exchange.client());
        Optional<Rejection> objection = exchange.runtime().administrators().objectionToChange(caller);
        if (objection.isPresent()) {
            refuse(exchange, administrator, objection.get());
            return;
        }
        VersionedPolicy policy = administration(exchange).current();
        Map<String, String> values = PolicyFields.of(policy.policy());
        dialog(exchange, administrator, 200, policy.version(), values, Set.of(), List.of());
    }

    private static void data(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireAdministrator();
        if (exchange.wantsJson()) {
            exchange.json(200, PolicyJson.of(administration(exchange).current()));
        } else {
            exchange.goOn(exchange.own("/admin"));
        }
    }

    private static void change(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession administrator = exchange.requireAdministrator();
        Map<String, String> filledIn = filledIn(exchange);
        long version = version(exchange.field("version"));
        PolicyReading reading = PolicyFields.read(field -> filledIn.getOrDefault(field, ""));
        if (reading instanceof PolicyReading.Wrong wrong) {
            refuse(exchange, administrator, wrong, version, filledIn);
            return;
        }
        PolicyChange change = new PolicyChange(
                ((PolicyReading.Read) reading).policy(),
                version,
                exchange.field(PolicyForm.UNDERSTOOD).equals("true"));
        PolicyResult result = administration(exchange)
                .change(administrator.provenCaller(ProofGroup.ADMINISTRATION, exchange.client()), change);
        if (result instanceof PolicyResult.Objected objected) {
            refuse(exchange, administrator, objected, version, filledIn);
        } else if (result instanceof PolicyResult.Refused refused) {
            refuse(exchange, administrator, refused.reason());
        } else {
            exchange.done(exchange.own("/admin?notice=" + Notice.SETTINGS_CHANGED.label()));
        }
    }

    private static Map<String, String> filledIn(WebExchange exchange) throws RefusedException {
        Map<String, String> filledIn = new HashMap<>();
        for (String field : PolicyFields.names()) {
            filledIn.put(field, exchange.field(field));
        }
        return filledIn;
    }

    /** What is no version is none of ours, like one that is past. */
    private static long version(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private static void refuse(WebExchange exchange, CallerSession administrator, Rejection reason)
            throws IOException, ServletException, RefusedException {
        Problem problem = Problem.ofAdministration(reason);
        if (problem == Problem.CONFIRMATION_REQUIRED && !exchange.wantsJson()) {
            String again = exchange.method().equals("POST") ? DIALOG + "=again" : DIALOG;
            exchange.confirmFirst(ProofGroup.ADMINISTRATION, again);
        } else if (problem == Problem.STALE && !exchange.wantsJson()) {
            page(exchange, administrator, problem.status(), page -> page.with(Alert.of("settings-stale")));
        } else {
            throw new RefusedException(problem);
        }
    }

    private static void refuse(
            WebExchange exchange,
            CallerSession administrator,
            PolicyReading.Wrong wrong,
            long version,
            Map<String, String> filledIn)
            throws IOException, ServletException, RefusedException {
        Problem problem = Problem.INVALID_SETTINGS;
        if (exchange.wantsJson()) {
            throw new RefusedException(problem, Map.of("fields", List.copyOf(new TreeSet<>(wrong.fields()))));
        }
        dialog(exchange, administrator, problem.status(), version, filledIn, wrong.fields(), List.of());
    }

    private static void refuse(
            WebExchange exchange,
            CallerSession administrator,
            PolicyResult.Objected objected,
            long version,
            Map<String, String> filledIn)
            throws IOException, ServletException, RefusedException {
        Problem problem = Problem.POLICY_CONFLICT;
        List<Objection> objections = objected.objections().stream().sorted().toList();
        if (exchange.wantsJson()) {
            List<String> labels = objections.stream().map(Objection::label).toList();
            throw new RefusedException(problem, Map.of("conflicts", labels));
        }
        Site site = exchange.site();
        List<String> sentences = objections.stream()
                .map(objection -> site.text("settings.conflict." + objection.label(), objected.example()))
                .toList();
        dialog(exchange, administrator, problem.status(), version, filledIn, Set.of(), sentences);
    }

    private static void dialog(
            WebExchange exchange,
            CallerSession administrator,
            int status,
            long version,
            Map<String, String> values,
            Set<String> wrong,
            List<String> objections)
            throws IOException, ServletException {
        PolicyForm form = new PolicyForm(
                exchange.site(), values, wrong, administration(exchange).reliance());
        SettingsDialog dialog = new SettingsDialog(form.groups(), version, objections);
        page(exchange, administrator, status, page -> page.with(dialog));
    }

    private static void page(
            WebExchange exchange, CallerSession administrator, int status, UnaryOperator<SettingsPage> said)
            throws IOException, ServletException {
        Site site = exchange.site();
        SettingsPage page = SettingsPage.showing(
                site,
                administrator.account().name(),
                new PolicyWords(site).of(administration(exchange).current().policy()));
        exchange.page(status, said.apply(page));
    }

    private static PolicyAdministration administration(WebExchange exchange) {
        return exchange.runtime().policyAdministration();
    }
}
