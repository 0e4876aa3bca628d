package io.quorate.core.ring;

import io.quorate.core.Bytes;
import io.quorate.core.Hash;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Members;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Computes the preference lists of a member set. */
final class Placement {
    private Placement() {}

    static List<List<String>> of(Members members) {
        List<List<String>> preferences = new ArrayList<>(members.partitions());
        for (int partition = 0; partition < members.partitions(); partition++) {
            preferences.add(preference(members, partition));
        }
        return List.copyOf(preferences);
    }

    private static List<String> preference(Members members, int partition) {
        return members.members().stream()
                .map(Member::id)
                .sorted(Comparator.<String>comparingLong(id -> Hash.mix(Hash.of(Bytes.utf8(id)), partition))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
