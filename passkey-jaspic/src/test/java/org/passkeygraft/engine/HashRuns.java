package org.passkeygraft.engine;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;

/** How often a password was hashed by PBKDF2, whoever asked: a provider before the platform's own, which does the work. */
final class HashRuns implements AutoCloseable {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Counting provider = new Counting();

    private HashRuns() {
        Security.insertProviderAt(provider, 1);
    }

    /** From now until it is closed; one at a time. */
    static HashRuns counted() {
        return new HashRuns();
    }

    int count() {
        return RUNS.get();
    }

    @Override
    public void close() {
        Security.removeProvider(provider.getName());
    }

    private static final class Counting extends Provider {
        private static final long serialVersionUID = 1;

        Counting() {
            super("passkey-hash-runs", "1", "counts");
            putService(new Service(this, "SecretKeyFactory", ALGORITHM, Factory.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new Factory();
                }
            });
        }
    }

    private static final class Factory extends SecretKeyFactorySpi {
        private final SecretKeyFactory platform;

        Factory() throws NoSuchAlgorithmException {
            platform = SecretKeyFactory.getInstance(ALGORITHM, Security.getProvider("SunJCE"));
        }

        @Override
        protected SecretKey engineGenerateSecret(KeySpec keySpec) throws InvalidKeySpecException {
            RUNS.incrementAndGet();
            return platform.generateSecret(keySpec);
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> keySpec) throws InvalidKeySpecException {
            return platform.getKeySpec(key, keySpec);
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            return platform.translateKey(key);
        }
    }
}
