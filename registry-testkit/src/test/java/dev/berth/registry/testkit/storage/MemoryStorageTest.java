package dev.berth.registry.testkit.storage;

import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.memory.MemoryStorage;
import org.junit.jupiter.api.Nested;

class MemoryStorageTest {

    private record InMemory() implements StorageUnderTest {
        @Override
        public Storage open() {
            return new MemoryStorage();
        }

        @Override
        public boolean survivesClosing() {
            return false;
        }
    }

    @Nested
    class Blobs extends BlobStoreContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class Uploads extends UploadContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class UploadResumes extends UploadResumeContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class UploadRaces extends UploadRaceContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class Metadata extends MetadataStoreContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class MetadataLists extends MetadataListContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class MetadataRaces extends MetadataRaceContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        protected StorageUnderTest newStorage() {
            return new InMemory();
        }
    }
}
