package io.quorate.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quorate.core.cluster.Member;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The member list, written {@code [{id: n1, peer: 10.0.0.1:9101, http: 10.0.0.1:8101, zone: a, weight: 1}, …]}. */
final class MemberList implements Kind<List<Member>> {
    private static final String ALLOWED = "a list of {id, peer, http} with zone and weight at will";
    private static final Set<String> FIELDS = Set.of("id", "peer", "http", "zone", "weight");
    private static final Kind<String> ADDRESS =
            Kind.scalar("host:port", text -> Address.parse(text).map(Address::toString));
    private static final Kind<Integer> WEIGHT = Kind.integer(1, 1_000);

    private final Kind<String> id;

    MemberList(Kind<String> id) {
        this.id = id;
    }

    @Override
    public List<Member> parse(JsonNode node) throws MalformedValueException {
        if (!node.isArray()) {
            throw new MalformedValueException(ALLOWED, node);
        }
        List<Member> members = new ArrayList<>();
        for (JsonNode entry : node) {
            String part = "[" + members.size() + "]";
            Member member = member(entry, part);
            refuseClash(members, member, part, entry);
            members.add(member);
        }
        return members;
    }

    private Member member(JsonNode entry, String part) throws MalformedValueException {
        if (!entry.isObject()) {
            throw new MalformedValueException("{id, peer, http} with zone and weight at will", entry).in(part);
        }
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new MalformedValueException("one of id, peer, http, zone, weight", TextNode.valueOf(name))
                        .in(part);
            }
        }
        return new Member(
                field(entry, part, "id", id, Optional.empty()),
                field(entry, part, "peer", ADDRESS, Optional.empty()),
                field(entry, part, "http", ADDRESS, Optional.empty()),
                field(entry, part, "zone", id, Optional.of("default")),
                field(entry, part, "weight", WEIGHT, Optional.of(1)));
    }

    private static <T> T field(JsonNode entry, String part, String name, Kind<T> kind, Optional<T> fallback)
            throws MalformedValueException {
        JsonNode value = entry.path(name);
        if (value.isMissingNode() && fallback.isPresent()) {
            return fallback.get();
        }
        try {
            return kind.parse(value);
        } catch (MalformedValueException malformed) {
            throw malformed.in(part + "." + name);
        }
    }

    private static void refuseClash(List<Member> members, Member member, String part, JsonNode entry)
            throws MalformedValueException {
        for (Member other : members) {
            if (other.id().equals(member.id())
                    || other.peer().equals(member.peer())
                    || other.http().equals(member.http())) {
                throw new MalformedValueException("a member of its own id, peer and http", entry).in(part);
            }
        }
    }
}
