package dev.berth.registry.image.remote;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;

/** A blob of a registry elsewhere. */
record RemoteBlob(RemoteClient client, String repository, Descriptor descriptor) implements Blob {

    @Override
    public BlobContent open() throws IOException {
        return new Content(openAt(0));
    }

    private InputStream openAt(long position) throws IOException {
        RemoteClient.Request request = client.request("GET", "/v2/" + repository + "/blobs/" + descriptor.digest())
                .about(repository);
        if (position > 0) {
            request.header("Range", "bytes=" + position + "-");
        }
        HttpResponse<InputStream> response = request.send();
        if (response.statusCode() == 404) {
            response.body().close();
            throw new RegistryException(ErrorCode.BLOB_UNKNOWN, descriptor.digest() + " is no longer in " + repository);
        }
        if (response.statusCode() != 200 && response.statusCode() != 206) {
            throw RemoteClient.refusal(response);
        }
        if (position > 0 && response.statusCode() == 200) {
            // A registry without ranges begins anew.
            response.body().skipNBytes(position);
        }
        return response.body();
    }

    /** Reads on where the last read ended; from anywhere else with a new request. */
    private final class Content implements BlobContent {

        private InputStream in;
        private long at;

        private Content(InputStream in) {
            this.in = in;
        }

        @Override
        public long size() {
            return descriptor.size();
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            if (position >= size()) {
                return -1;
            }
            if (!target.hasRemaining()) {
                return 0;
            }
            if (position != at) {
                in.close();
                in = openAt(position);
                at = position;
            }
            byte[] bytes = new byte[Math.min(target.remaining(), 1 << 16)];
            int count = in.read(bytes);
            if (count < 0) {
                throw new EOFException(descriptor.digest() + " ended after " + at + " of " + size() + " bytes");
            }
            target.put(bytes, 0, count);
            at += count;
            return count;
        }

        @Override
        public synchronized void close() throws IOException {
            in.close();
        }
    }
}
