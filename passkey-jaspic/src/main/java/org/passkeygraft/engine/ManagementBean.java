package org.passkeygraft.engine;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The metrics of one application in the platform's MBean server, as long as it is open. */
final class ManagementBean implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ManagementBean.class.getName());
    private static final int MOST = 100;

    private final MBeanServer server;
    private final ObjectName name;

    private ManagementBean(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /** Registers it. One JVM may serve several applications of one path: those after the first have a number. */
    static AutoCloseable register(Metrics metrics, String contextPath) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String first = "org.passkeygraft:type=Passkeys,context=" + ObjectName.quote(contextPath);
        for (int instance = 1; instance < MOST; instance++) {
            try {
                ObjectName name = new ObjectName(instance == 1 ? first : first + ",instance=" + instance);
                server.registerMBean(metrics, name);
                return new ManagementBean(server, name);
            } catch (InstanceAlreadyExistsException taken) {
                LOG.log(System.Logger.Level.DEBUG, "another application has this name", taken);
            } catch (JMException failure) {
                LOG.log(System.Logger.Level.WARNING, "no metrics in JMX", failure);
                return () -> {};
            }
        }
        return () -> {};
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
    }
}
