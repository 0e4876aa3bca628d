package io.quorate.core.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The member set of a cluster.
 *
 * @param cluster the cluster's name
 * @param partitions Q, a power of two, fixed when the cluster is born
 * @param epoch rises with every change of the member set
 * @param members sorted by id
 */
public record Members(String cluster, int partitions, long epoch, List<Member> members) {
    public Members {
        members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
        if (partitions < 1 || Integer.bitCount(partitions) != 1) {
            throw new IllegalArgumentException("partitions must be a power of two, not " + partitions);
        }
        if (members.stream().map(Member::id).distinct().count() != members.size()) {
            throw new IllegalArgumentException("two members have the same id");
        }
    }

    public Optional<Member> find(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    public int size() {
        return members.size();
    }
}
