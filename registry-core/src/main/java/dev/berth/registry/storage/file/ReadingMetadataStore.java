package dev.berth.registry.storage.file;

import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Facts that another process may change, and this one does not. */
record ReadingMetadataStore(MetadataStore files, ReadingRefusal refusal) implements MetadataStore {

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return files.get(key);
    }

    @Override
    public boolean contains(String key) throws IOException {
        return files.contains(key);
    }

    @Override
    public Optional<Instant> changedAt(String key) throws IOException {
        return files.changedAt(key);
    }

    @Override
    public void put(String key, byte[] value) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public boolean create(String key, byte[] value) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public boolean delete(String key) throws IOException {
        throw refusal.toWrite();
    }

    @Override
    public List<String> children(String parent, Optional<String> after, int limit) throws IOException {
        return files.children(parent, after, limit);
    }

    @Override
    public void forEachChild(String parent, Visitor<String> visitor) throws IOException {
        files.forEachChild(parent, visitor);
    }
}
