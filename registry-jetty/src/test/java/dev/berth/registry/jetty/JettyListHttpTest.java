package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.ListHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;

class JettyListHttpTest extends ListHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
