/**
 * What every {@link dev.berth.registry.storage.Storage} has to do, as tests. Whoever writes one says how it is opened and
 * lets the suites run, each in a class that adds nothing:
 *
 * <pre>{@code
 * class MyStorageTest {
 *     @Nested class Blobs extends BlobStoreContract {
 *         @Override protected StorageUnderTest newStorage() { return new MyStorageUnderTest(); }
 *     }
 *     @Nested class Uploads extends UploadContract { ... }
 *     @Nested class UploadResumes extends UploadResumeContract { ... }
 *     @Nested class UploadRaces extends UploadRaceContract { ... }
 *     @Nested class Metadata extends MetadataStoreContract { ... }
 *     @Nested class MetadataLists extends MetadataListContract { ... }
 *     @Nested class MetadataRaces extends MetadataRaceContract { ... }
 * }
 * }</pre>
 *
 * <p>After each test every handle has to be closed, and {@link
 * dev.berth.registry.testkit.storage.StorageUnderTest#assertNothingLeft} has its say.
 */
@NullMarked
package dev.berth.registry.testkit.storage;

import org.jspecify.annotations.NullMarked;
