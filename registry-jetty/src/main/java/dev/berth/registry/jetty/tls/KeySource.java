package dev.berth.registry.jetty.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Where a server's private key and certificates come from. */
sealed interface KeySource {

    /** What JSSE takes, read anew. */
    KeyManager[] keyManagers() throws IOException;

    /** The files that it is read from. */
    List<Path> files();

    /** Two files in PEM. */
    record PemFiles(Path certificates, Path key) implements KeySource {

        @Override
        public KeyManager[] keyManagers() throws IOException {
            return PemKey.read(certificates, key).keyManagers();
        }

        @Override
        public List<Path> files() {
            return List.of(certificates, key);
        }

        @Override
        public String toString() {
            return certificates + " and " + key;
        }
    }

    /** A PKCS#12 or a JKS. */
    record StoreFile(Path file, String password) implements KeySource {

        @Override
        public KeyManager[] keyManagers() throws IOException {
            byte[] bytes = Pem.bytes(file, "keystore");
            try {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(load(bytes), password.toCharArray());
                return factory.getKeyManagers();
            } catch (UnrecoverableKeyException e) {
                throw new IOException(
                        "The key in the keystore " + file + " has another password than the keystore; make it the same",
                        e);
            } catch (GeneralSecurityException e) {
                throw new IOException("The keystore " + file + " cannot be used: " + e.getMessage(), e);
            }
        }

        private KeyStore load(byte[] bytes) throws IOException, GeneralSecurityException {
            // Java's own default reads both kinds, whichever it is called.
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            try {
                store.load(new ByteArrayInputStream(bytes), password.toCharArray());
            } catch (IOException e) {
                throw new IOException(
                        "The keystore " + file
                                + (e.getCause() instanceof UnrecoverableKeyException
                                        ? " has another password than the one given"
                                        : " is neither a PKCS#12 nor a JKS, or is damaged"),
                        e);
            }
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store;
                }
            }
            throw new IOException("The keystore " + file + " has certificates and no private key");
        }

        @Override
        public List<Path> files() {
            return List.of(file);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A key that is there already. */
    record Given(CertifiedKey key) implements KeySource {

        @Override
        public KeyManager[] keyManagers() throws IOException {
            return key.keyManagers();
        }

        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public String toString() {
            return key.toString();
        }
    }
}
