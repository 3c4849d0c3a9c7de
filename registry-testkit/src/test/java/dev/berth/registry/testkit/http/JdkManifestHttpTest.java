package dev.berth.registry.testkit.http;

class JdkManifestHttpTest extends ManifestHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JdkHttpBinding();
    }
}
