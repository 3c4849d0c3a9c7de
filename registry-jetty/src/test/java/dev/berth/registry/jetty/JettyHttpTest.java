package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.BlobHttpContract;
import dev.berth.registry.testkit.http.ErrorHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.ListHttpContract;
import dev.berth.registry.testkit.http.ManifestHttpContract;
import dev.berth.registry.testkit.http.UploadHttpContract;
import org.junit.jupiter.api.Nested;

/** The protocol over Jetty, in memory. */
class JettyHttpTest {

    @Nested
    class Blobs extends BlobHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }
    }

    @Nested
    class Uploads extends UploadHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }
    }

    @Nested
    class Manifests extends ManifestHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }
    }

    @Nested
    class Lists extends ListHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }
    }

    @Nested
    class Errors extends ErrorHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }
    }
}
