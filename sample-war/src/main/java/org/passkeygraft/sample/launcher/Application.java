package org.passkeygraft.sample.launcher;

import java.nio.file.Path;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.plus.webapp.EnvConfiguration;
import org.eclipse.jetty.ee10.plus.webapp.PlusConfiguration;
import org.eclipse.jetty.ee10.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.plus.jndi.Resource;
import org.eclipse.jetty.util.ClassMatcher;

/** The web application as any Jetty would deploy it: no word of passkeys here, see {@link Graft}. */
final class Application {
    static final String CONTEXT_PATH = "/sample";

    private static final String DATA_SOURCE = "jdbc/sample";
    private static final String NO_JAR = "a^";
    private static final String JARS_WITH_PAGES_OR_TAGS =
            ".*/(passkey-[a-z]+|jakarta\\.servlet\\.jsp\\.jstl)-[^/]*\\.jar$|.*/classes/";

    private Application() {}

    /** Prepares the unpacked application; {@code temporary} takes its compiled pages. */
    static WebAppContext deploy(Path unpacked, Path temporary, DataSource accounts) throws NamingException {
        WebAppContext context = new WebAppContext(unpacked.toUri().toString(), CONTEXT_PATH);
        context.setTempDirectory(temporary.toFile());
        context.setThrowUnavailableOnStartupException(true);
        context.addConfiguration(new EnvConfiguration(), new PlusConfiguration());
        new Resource(context, DATA_SOURCE, accounts);

        // Looking into every jar for pages, tags and annotations would take most of the start.
        context.setAttribute(MetaInfConfiguration.CONTAINER_JAR_PATTERN, NO_JAR);
        context.setAttribute(MetaInfConfiguration.WEBINF_JAR_PATTERN, JARS_WITH_PAGES_OR_TAGS);
        context.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");

        // The application logs where the server logs, and sees nothing else of the launcher.
        context.addProtectedClassMatcher(new ClassMatcher("org.slf4j."));
        context.addHiddenClassMatcher(new ClassMatcher("org.passkeygraft."));
        return context;
    }
}
