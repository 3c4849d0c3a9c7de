package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.ErrorHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;

class JettyErrorHttpTest extends ErrorHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
