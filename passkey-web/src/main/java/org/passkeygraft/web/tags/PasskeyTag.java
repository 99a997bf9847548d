package org.passkeygraft.web.tags;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.PageContext;
import jakarta.servlet.jsp.tagext.DynamicAttributes;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Paths;
import org.passkeygraft.http.RuntimeContext;
import org.passkeygraft.web.view.FormScript;
import org.passkeygraft.web.view.Html;
import org.passkeygraft.web.view.Texts;

/**
 * What the tags share. A tag prints nothing while passkeys are switched off, or while nobody can tell.
 *
 * <p>The attribute {@code class} is a dynamic one: to the container a property of that name is {@link Object#getClass()}.
 */
abstract class PasskeyTag extends SimpleTagSupport implements DynamicAttributes {
    private String label = "";
    private String cssClass = "";
    private String nonce = "";

    /** The words to be shown in place of ours. */
    public void setLabel(@Nullable String label) {
        this.label = label == null ? "" : label;
    }

    /** The nonce that the page's content policy asks of scripts. */
    public void setNonce(@Nullable String nonce) {
        this.nonce = nonce == null ? "" : nonce;
    }

    @Override
    public void setDynamicAttribute(@Nullable String uri, String name, @Nullable Object value) throws JspException {
        if (!name.equals("class")) {
            throw new JspException("a passkey tag has no attribute " + name);
        }
        cssClass = value == null ? "" : value.toString();
    }

    @Override
    public final void doTag() throws JspException, IOException {
        if (areAllowed()) {
            print();
        }
    }

    abstract void print() throws JspException, IOException;

    private boolean areAllowed() {
        try {
            return runtime().authentication().passkeysAllowed();
        } catch (UnavailableException databaseDown) {
            return false;
        }
    }

    final void write(String html) throws IOException {
        getJspContext().getOut().write(html);
    }

    final PasskeyRuntime runtime() {
        return RuntimeContext.of(page().getServletContext());
    }

    final String contextPath() {
        return Paths.publicContext(request(), runtime());
    }

    final Texts texts() {
        return Texts.preferred(Collections.list(request().getLocales()));
    }

    final String label() {
        return label;
    }

    final String cssClass() {
        return cssClass;
    }

    /** The script that wires the login form around it, or the page's only one. */
    final String formScript(boolean button) {
        FormScript.Mode mode = FormScript.Mode.of(runtime().configuration().door() == Door.JAAS);
        return new FormScript(contextPath(), mode, texts(), button, label, cssClass, nonce).html();
    }

    final String nonceAttribute() {
        return Html.attribute("nonce", nonce);
    }

    private PageContext page() {
        return (PageContext) getJspContext();
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) page().getRequest();
    }
}
