package io.quorate.node.storage;

import static io.quorate.node.storage.TestShard.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {
    @TempDir
    private Path folder;

    @Test
    void remembersACleanStopOnce() throws IOException {
        stopCleanly();

        Store again = Store.open(TestFolder.settings(folder));
        assertThat(again.lastCleanStop()).contains(new CleanStop(7, 42));
        assertThat(new TestShard(again).text("a")).isEqualTo("1");
        again.close();

        try (Store killed = Store.open(TestFolder.settings(folder))) {
            assertThat(killed.lastCleanStop()).isEmpty();
            assertThat(new TestShard(killed).text("a")).isEqualTo("1");
        }
    }

    @Test
    void doesNotTakeACopyForTheOriginal(@TempDir Path elsewhere) throws IOException {
        stopCleanly();
        Path copy = TestFolder.copy(folder, elsewhere.resolve("copy"));

        try (Store copied = Store.open(TestFolder.settings(copy))) {
            assertThat(copied.lastCleanStop()).isEmpty();
            assertThat(new TestShard(copied).text("a")).isEqualTo("1");
        }
    }

    @Test
    void doesNotTrustANoteThatDoesNotFitTheSegments() throws IOException {
        stopCleanly();
        Files.write(TestFolder.list(folder, ".records").get(0), new byte[100], StandardOpenOption.APPEND);

        try (Store changed = Store.open(TestFolder.settings(folder))) {
            assertThat(changed.lastCleanStop()).isEmpty();
            assertThat(new TestShard(changed).text("a")).isEqualTo("1");
        }
    }

    @Test
    void servesOneNodeAtATime() throws IOException {
        try (Store store = Store.open(TestFolder.settings(folder))) {
            assertThatThrownBy(() -> Store.open(TestFolder.settings(folder)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
            assertThat(store.status().readOnly()).isFalse();
        }
    }

    @Test
    void refusesTheFolderOfAnotherClusterOrNode() throws IOException {
        stopCleanly();

        assertThatThrownBy(() -> Store.open(StoreSettings.of(folder, "other", "n1")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to cluster test, not other");
        assertThatThrownBy(() -> Store.open(StoreSettings.of(folder, "test", "n2")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to node n1, not n2");
    }

    @Test
    void refusesAFolderThatIsNoStore() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "all my work");

        assertThatThrownBy(() -> Store.open(TestFolder.settings(folder)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("thesis.txt");
        assertThat(folder.resolve("thesis.txt")).hasContent("all my work");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        stopCleanly();
        Path identity = folder.resolve("identity");
        Files.writeString(identity, Files.readString(identity).replace("quorate-store 1", "quorate-store 2"));

        assertThatThrownBy(() -> Store.open(TestFolder.settings(folder)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("run the version that wrote it");
    }

    @Test
    void refusesADamagedIdentity() throws IOException {
        stopCleanly();
        TestFolder.flip(folder.resolve("identity"), 30);

        assertThatThrownBy(() -> Store.open(TestFolder.settings(folder)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    private void stopCleanly() throws IOException {
        Store store = Store.open(TestFolder.settings(folder));
        assertThat(store.lastCleanStop()).isEmpty();
        new TestShard(store).apply(put("a", "1"));
        store.close(new CleanStop(7, 42));
    }
}
