package io.quorate.node.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Bytes;
import io.quorate.node.storage.segment.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** The index beside a map that is its model. */
class IndexTest {
    private static final int KEYS = 100_000;
    private static final int STEPS = 100_000;

    private final Random random = new Random(1);
    private final NavigableMap<Bytes, Place> model = new TreeMap<>();
    private final List<Place> losses = new ArrayList<>();
    private final List<Place> heard = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void itSaysWhatAMapSaysAlsoAfterItWasReopened() throws IOException {
        for (int i = 0; i < KEYS; i += 2) {
            model.put(key(i), place(i, false));
        }
        Path file = folder.resolve("index");
        Index index = Index.build(file, source());
        index.onDamage((key, place) -> heard.add(place));
        for (int step = 0; step < STEPS; step++) {
            // Half of the steps meet a few keys again and again, the others any.
            changeAndCompare(index, key(random.nextInt(random.nextBoolean() ? KEYS / 100 : KEYS)));
        }
        compareAll(index);
        assertThat(heard).isEqualTo(losses);
        index.close();

        Index reopened = Index.reopen(file, index.keys(), index.damaged());

        compareAll(reopened);
        reopened.close();
    }

    /** As earlier builds left them: their nodes read otherwise. */
    @Test
    void anIndexOfAnotherFormIsRefused() throws IOException {
        Path file = folder.resolve("index");
        try (DB db = DBMaker.fileDB(file.toFile()).make()) {
            db.treeMap("index", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).create();
        }

        assertThatThrownBy(() -> Index.reopen(file, 0, 0)).isInstanceOf(IOException.class);
    }

    private void changeAndCompare(Index index, Bytes key) {
        Place place = place(random.nextInt(), random.nextInt(10) == 0);
        switch (random.nextInt(4)) {
            case 0 -> index.change(now -> assertThat(now.remove(key.array())).isEqualTo(known(model.remove(key))));
            case 1 ->
                index.change(now -> assertThat(now.put(key.array(), place)).isEqualTo(putInModel(key, place)));
            case 2 -> {
                Place expected = random.nextBoolean() ? place(random.nextInt(), false) : model.getOrDefault(key, place);
                index.change(now -> assertThat(now.replace(key.array(), expected, place))
                        .isEqualTo(replaceInModel(key, expected, place)));
            }
            default ->
                assertThat(index.range(key.array(), Optional.empty(), 20)).isEqualTo(following(key, 20));
        }
        assertThat(index.get(key.array())).isEqualTo(known(model.get(key)));
    }

    private Optional<Place> putInModel(Bytes key, Place place) {
        Place former = model.put(key, place);
        if (former != null && !former.damaged() && place.damaged()) {
            losses.add(former);
        }
        return known(former);
    }

    private boolean replaceInModel(Bytes key, Place expected, Place place) {
        Place present = model.get(key);
        if (present == null || !present.isSameRecord(expected)) {
            return false;
        }
        putInModel(key, present.damaged() ? place.asDamaged() : place);
        return true;
    }

    private static Optional<Place> known(Place place) {
        return Optional.ofNullable(place);
    }

    private void compareAll(Index index) {
        assertThat(index.keys()).isEqualTo(model.size());
        assertThat(index.damaged())
                .isEqualTo(model.values().stream().filter(Place::damaged).count());
        assertThat(index.range(new byte[0], Optional.empty(), Integer.MAX_VALUE))
                .isEqualTo(model.entrySet().stream().map(IndexTest::entry).toList());
    }

    private List<IndexEntry> following(Bytes key, int limit) {
        List<IndexEntry> following = new ArrayList<>();
        Map.Entry<Bytes, Place> next = model.ceilingEntry(key);
        while (next != null && following.size() < limit) {
            following.add(entry(next));
            next = model.higherEntry(next.getKey());
        }
        return following;
    }

    private IndexSource source() {
        Iterator<Map.Entry<Bytes, Place>> entries = model.entrySet().iterator();
        return () -> entries.hasNext() ? Optional.of(entry(entries.next())) : Optional.empty();
    }

    private static IndexEntry entry(Map.Entry<Bytes, Place> entry) {
        return new IndexEntry(entry.getKey(), entry.getValue());
    }

    private static Bytes key(int number) {
        return Bytes.utf8("%08d".formatted(number));
    }

    private static Place place(int number, boolean damaged) {
        return new Place(number & 0xff, number, 100, number, 1, damaged);
    }
}
