package org.passkeygraft.jaas;

import java.lang.reflect.InvocationTargetException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;

/** Finds classes that a JAAS entry names: the application's or the server's first, then those beside us. */
final class NamedClasses {
    private NamedClasses() {}

    /** The caller first, then the groups; each of the class that the options name. */
    static List<Principal> principals(Caller caller, ModuleOptions options) throws LoginException {
        List<Principal> principals = new ArrayList<>();
        principals.add(principal(options.userClass(), CallerPrincipal::new, caller.name()));
        for (String group : caller.groups()) {
            principals.add(principal(options.roleClass(), GroupPrincipal::new, group));
        }
        return principals;
    }

    private static Principal principal(@Nullable String className, Function<String, Principal> otherwise, String name)
            throws LoginException {
        if (className == null) {
            return otherwise.apply(name);
        }
        try {
            return named(className, Principal.class)
                    .getConstructor(String.class)
                    .newInstance(name);
        } catch (InvocationTargetException refused) {
            throw unusable(className, refused.getTargetException());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unfit) {
            throw unusable(className, unfit);
        }
    }

    /** A new module of this class, not yet initialized. */
    static LoginModule module(String className) throws LoginException {
        try {
            return named(className, LoginModule.class).getConstructor().newInstance();
        } catch (InvocationTargetException refused) {
            throw unusable(className, refused.getTargetException());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError unfit) {
            throw unusable(className, unfit);
        }
    }

    private static <T> Class<? extends T> named(String className, Class<T> type) throws ClassNotFoundException {
        Optional<ClassLoader> callers =
                Optional.ofNullable(Thread.currentThread().getContextClassLoader());
        if (callers.isPresent()) {
            try {
                return Class.forName(className, true, callers.get()).asSubclass(type);
            } catch (ClassNotFoundException notThere) {
                // The server's own loader may be the thread's: the class may be beside ours all the same.
            }
        }
        return Class.forName(className).asSubclass(type);
    }

    private static LoginException unusable(String className, Throwable reason) {
        return (LoginException) new LoginException("the JAAS entry of PasskeyLoginModule names " + className
                        + ", which cannot be used: a principal needs a public constructor with one String, a delegate"
                        + " implements LoginModule and has a public constructor without arguments")
                .initCause(reason);
    }
}
