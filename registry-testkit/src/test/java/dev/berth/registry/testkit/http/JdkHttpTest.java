package dev.berth.registry.testkit.http;

import org.junit.jupiter.api.Nested;

/** The protocol over the JDK's own server: core needs no Jetty. */
class JdkHttpTest {

    @Nested
    class Blobs extends BlobHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JdkHttpBinding();
        }
    }

    @Nested
    class Uploads extends UploadHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JdkHttpBinding();
        }
    }

    @Nested
    class Manifests extends ManifestHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JdkHttpBinding();
        }
    }

    @Nested
    class Lists extends ListHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JdkHttpBinding();
        }
    }

    @Nested
    class Errors extends ErrorHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JdkHttpBinding();
        }
    }
}
