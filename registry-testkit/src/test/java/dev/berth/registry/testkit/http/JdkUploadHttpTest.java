package dev.berth.registry.testkit.http;

class JdkUploadHttpTest extends UploadHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JdkHttpBinding();
    }
}
