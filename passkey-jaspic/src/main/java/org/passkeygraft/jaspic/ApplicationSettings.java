package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.config.SettingsFile;

/** Reads the configuration from all the places where an application may have it. */
final class ApplicationSettings {
    private ApplicationSettings() {}

    static PasskeyConfiguration read(ServletContext context) throws ServletException {
        try {
            return PasskeyConfiguration.load(new Settings(
                    System::getProperty,
                    System.getenv(),
                    contextParams(context),
                    file(context),
                    context.getContextPath()));
        } catch (ConfigurationException problems) {
            throw new ServletException(problems.getMessage(), problems);
        } catch (IOException unreadable) {
            throw new ServletException(SettingsFile.NAME + " cannot be read", unreadable);
        }
    }

    private static Map<String, String> contextParams(ServletContext context) {
        Map<String, String> params = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            params.put(name, context.getInitParameter(name));
        }
        return params;
    }

    private static Map<String, String> file(ServletContext context) throws IOException {
        try (InputStream content = context.getResourceAsStream(SettingsFile.NAME)) {
            return content == null ? Map.of() : SettingsFile.read(content);
        }
    }
}
