package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.ManifestHttpContract;

class JettyManifestHttpTest extends ManifestHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
