package org.passkeygraft.web.arming;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a login page, kept back until it is whole. Until then nothing of the body reaches the container; when it
 * turns out to be no page to be armed, it goes out as it came, and what the application writes afterwards goes straight
 * through. Used by one thread, as any response is.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    private final HeldHeaders headers = new HeldHeaders();
    private final HeldBody body = new HeldBody(this);
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private boolean holding = true;
    private boolean flushed;

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    /** The one that this response is, or wraps. */
    static Optional<HeldResponse> in(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper && !(inner instanceof HeldResponse)) {
            inner = wrapper.getResponse();
        }
        return inner instanceof HeldResponse held ? Optional.of(held) : Optional.empty();
    }

    boolean isHolding() {
        return holding;
    }

    HeldBody body() {
        return body;
    }

    /** Lets out what was kept back, and everything from now on. */
    void letGo() throws IOException {
        if (!holding) {
            return;
        }
        holding = false;
        headers.release();
        body.release();
        if (flushed && !body.isClosed()) {
            super.flushBuffer();
        }
    }

    /** Forgets what was kept back: something else was answered. */
    void drop() {
        holding = false;
        headers.forget();
        body.clear();
    }

    /** For an exception of the page: what it had sent is out, the rest is for the container's error page to replace. */
    void abandon() throws IOException {
        if (flushed) {
            letGo();
        } else if (holding) {
            drop();
        }
    }

    /** Sends another body in place of the one kept back. */
    void replace(String page) throws IOException {
        holding = false;
        headers.forget();
        super.addHeader("Vary", "Accept-Language");
        if (body.isBytes() && headers.length() >= 0) {
            super.setContentLengthLong(page.length());
        }
        body.release(page);
        if (flushed && !body.isClosed()) {
            super.flushBuffer();
        }
    }

    /** What has been written is void: a forward begins (Servlet 6.0, section 9.4). */
    void startOver() {
        if (holding && !flushed) {
            body.clear();
            stream = null;
            writer = null;
        }
    }

    /** A length that goes with no body, as in an answer to HEAD, would be the unarmed page's. */
    void letGoWithoutLength() {
        if (holding) {
            holding = false;
            headers.forget();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream real = super.getOutputStream();
        if (!holding && stream == null) {
            return real;
        }
        if (stream == null) {
            stream = body.stream(real);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter real = super.getWriter();
        if (!holding && writer == null) {
            return real;
        }
        if (writer == null) {
            writer = body.writer(real);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (holding) {
            flushed = true;
        } else {
            super.flushBuffer();
        }
    }

    @Override
    public boolean isCommitted() {
        return flushed || super.isCommitted();
    }

    @Override
    public void reset() {
        requireUncommitted();
        super.reset();
        headers.forget();
        startOver();
    }

    @Override
    public void resetBuffer() {
        requireUncommitted();
        super.resetBuffer();
        if (holding) {
            body.clear();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        requireUncommitted();
        drop();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        requireUncommitted();
        drop();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        requireUncommitted();
        drop();
        super.sendRedirect(location);
    }

    private void requireUncommitted() {
        if (holding && flushed) {
            throw new IllegalStateException("the response is committed");
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (holding) {
            headers.holdLength(length, () -> super.setContentLengthLong(length));
        } else {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.contains(name) || super.containsHeader(name);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!holding || !headers.hold(name, value, true, () -> super.setHeader(name, value))) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!holding || !headers.hold(name, value, false, () -> super.addHeader(name, value))) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!holding || !headers.hold(name, Integer.toString(value), true, () -> super.setIntHeader(name, value))) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!holding || !headers.hold(name, Integer.toString(value), false, () -> super.addIntHeader(name, value))) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!holding || !headers.hold(name, null, true, () -> super.setDateHeader(name, date))) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!holding || !headers.hold(name, null, false, () -> super.addDateHeader(name, date))) {
            super.addDateHeader(name, date);
        }
    }
}
