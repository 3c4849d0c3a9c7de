package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.ManifestHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;

class JettyManifestHttpTest extends ManifestHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
