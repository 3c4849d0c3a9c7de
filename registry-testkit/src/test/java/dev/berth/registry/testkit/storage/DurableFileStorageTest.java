package dev.berth.registry.testkit.storage;

import dev.berth.registry.storage.file.Durability;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

class DurableFileStorageTest {

    @Nested
    class Blobs extends BlobStoreContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class Uploads extends UploadContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class UploadResumes extends UploadResumeContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class UploadRaces extends UploadRaceContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class Metadata extends MetadataStoreContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class MetadataLists extends MetadataListContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class MetadataRaces extends MetadataRaceContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }

    @Nested
    class Upkeep extends UpkeepContract {
        @Override
        protected StorageUnderTest newStorage() throws IOException {
            return InFiles.create(Durability.DURABLE);
        }
    }
}
