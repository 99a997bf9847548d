package org.passkeygraft.web.arming;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a page that will be armed: for the whole of it, since validators and ranges of the application's are those
 * of the page as it was. Where the page goes on asynchronously, it is let go first.
 */
final class PageRequest extends HttpServletRequestWrapper {
    private static final Set<String> HIDDEN = Set.of("if-none-match", "if-modified-since", "range", "if-range");

    private final HeldResponse response;

    PageRequest(HttpServletRequest request, HeldResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        return Collections.enumeration(
                names.stream().filter(name -> !isHidden(name)).toList());
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    private static boolean isHidden(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public AsyncContext startAsync() {
        letGo();
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse wrapped) {
        letGo();
        return super.startAsync(request, wrapped);
    }

    private void letGo() {
        try {
            response.letGo();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
