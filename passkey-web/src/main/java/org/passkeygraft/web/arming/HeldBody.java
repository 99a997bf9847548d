package org.passkeygraft.web.arming;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the application has written so far: bytes, or characters that the container will encode. Its stream and writer go
 * straight through once the response holds nothing back any more.
 */
final class HeldBody {
    /** Bytes or characters; a larger page is none that we arm. */
    static final int LIMIT = 1 << 20;

    private final HeldResponse response;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder characters = new StringBuilder();
    private @Nullable ServletOutputStream realStream;
    private @Nullable PrintWriter realWriter;
    private boolean closed;

    HeldBody(HeldResponse response) {
        this.response = response;
    }

    ServletOutputStream stream(ServletOutputStream real) {
        realStream = real;
        return new HeldStream(real);
    }

    PrintWriter writer(PrintWriter real) {
        realWriter = real;
        return new PrintWriter(new HeldWriter(real));
    }

    boolean isBytes() {
        return realWriter == null;
    }

    boolean isEmpty() {
        return bytes.size() == 0 && characters.isEmpty();
    }

    /** How long it is, in bytes or characters. */
    int length() {
        return isBytes() ? bytes.size() : characters.length();
    }

    boolean isClosed() {
        return closed;
    }

    /** The characters, or the bytes as ISO 8859-1. */
    String text() {
        return isBytes() ? bytes.toString(StandardCharsets.ISO_8859_1) : characters.toString();
    }

    void clear() {
        bytes.reset();
        characters.setLength(0);
        closed = false;
        realStream = null;
        realWriter = null;
    }

    /** Writes what was kept back, as it is. */
    void release() throws IOException {
        if (realStream != null) {
            bytes.writeTo(realStream);
        } else if (realWriter != null) {
            realWriter.append(characters);
        }
        close();
    }

    /** Writes this in its place. */
    void release(String text) throws IOException {
        if (realStream != null) {
            realStream.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else if (realWriter != null) {
            realWriter.append(text);
        }
        close();
    }

    private void close() throws IOException {
        if (closed && realStream != null) {
            realStream.close();
        } else if (closed && realWriter != null) {
            realWriter.close();
        }
        bytes.reset();
        characters.setLength(0);
    }

    private void limit() throws IOException {
        if (length() > LIMIT) {
            response.letGo();
        }
    }

    private final class HeldStream extends ServletOutputStream {
        private final ServletOutputStream real;

        HeldStream(ServletOutputStream real) {
            this.real = real;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int count) throws IOException {
            if (!response.isHolding()) {
                real.write(octets, offset, count);
            } else if (!closed) {
                bytes.write(octets, offset, count);
                limit();
            }
        }

        @Override
        public void flush() throws IOException {
            if (!response.isHolding()) {
                real.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (response.isHolding()) {
                closed = true;
            } else {
                real.close();
            }
        }

        @Override
        public boolean isReady() {
            return response.isHolding() || real.isReady();
        }

        /** Only an asynchronous answer may have one, and such an answer is not held. */
        @Override
        public void setWriteListener(WriteListener listener) {
            real.setWriteListener(listener);
        }
    }

    private final class HeldWriter extends Writer {
        private final PrintWriter real;

        HeldWriter(PrintWriter real) {
            this.real = real;
        }

        @Override
        public void write(char[] text, int offset, int count) throws IOException {
            if (!response.isHolding()) {
                real.write(text, offset, count);
            } else if (!closed) {
                characters.append(text, offset, count);
                limit();
            }
        }

        @Override
        public void flush() {
            if (!response.isHolding()) {
                real.flush();
            }
        }

        @Override
        public void close() {
            if (response.isHolding()) {
                closed = true;
            } else {
                real.close();
            }
        }
    }
}
