package dev.berth.registry.testkit.http;

class JdkBlobHttpTest extends BlobHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JdkHttpBinding();
    }
}
