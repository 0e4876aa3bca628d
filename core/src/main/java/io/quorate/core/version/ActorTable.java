package io.quorate.core.version;

import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The actors that an encoded state names, each written once and then referred to by its place. */
final class ActorTable {
    private static final int ACTOR_BYTES_MIN = 9;

    private final List<Actor> actors;
    private final boolean[] named;

    private ActorTable(List<Actor> actors) {
        this.actors = actors;
        this.named = new boolean[actors.size()];
    }

    static ActorTable of(Siblings siblings) {
        List<Actor> actors = ofVector(siblings.context());
        addCloud(actors, siblings.context());
        // Every version's dot is covered by the context, so its actor is there already; a receipt's or an ancestor's
        // may not be.
        for (Receipt receipt : siblings.receipts()) {
            add(actors, receipt.dot().actor());
        }
        for (Sibling version : siblings.versions()) {
            for (Ancestor ancestor : version.ancestors()) {
                ancestor.writes().forEach(write -> add(actors, write.dot().actor()));
            }
        }
        return sorted(actors, siblings.context());
    }

    static ActorTable of(Context context) {
        List<Actor> actors = ofVector(context);
        addCloud(actors, context);
        return sorted(actors, context);
    }

    /** A vector has each actor once, in order. */
    private static List<Actor> ofVector(Context context) {
        List<Dot> entries = context.vector().entries();
        List<Actor> actors = new ArrayList<>(entries.size() + 1);
        for (int i = 0; i < entries.size(); i++) {
            actors.add(entries.get(i).actor());
        }
        return actors;
    }

    private static void addCloud(List<Actor> actors, Context context) {
        for (int i = 0; i < context.cloud().size(); i++) {
            add(actors, context.cloud().get(i).actor());
        }
    }

    private static ActorTable sorted(List<Actor> actors, Context context) {
        if (actors.size() > context.vector().entries().size()) {
            Collections.sort(actors);
        }
        return new ActorTable(actors);
    }

    private static void add(List<Actor> actors, Actor actor) {
        if (!actors.contains(actor)) {
            actors.add(actor);
        }
    }

    /** How long the actors are where their names are ASCII, without their count. */
    int length() {
        int length = actors.size() * ACTOR_BYTES_MIN;
        for (Actor actor : actors) {
            length += actor.node().length();
        }
        return length;
    }

    void write(ByteWriter out) {
        out.varint(actors.size());
        for (Actor actor : actors) {
            out.utf8(actor.node()).int64(actor.incarnation());
        }
    }

    static ActorTable read(ByteReader in) {
        int count = in.count(ACTOR_BYTES_MIN);
        List<Actor> actors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Actor actor = new Actor(in.utf8(), in.int64());
            if (i > 0 && actors.get(i - 1).compareTo(actor) >= 0) {
                throw new MalformedException("actors out of order");
            }
            actors.add(actor);
        }
        return new ActorTable(actors);
    }

    void writeDot(ByteWriter out, Dot dot) {
        out.varint(actors.indexOf(dot.actor())).int64(dot.counter());
    }

    Dot readDot(ByteReader in) {
        int index = in.varint();
        if (index >= actors.size()) {
            throw new MalformedException("a dot of an unknown actor");
        }
        long counter = in.int64();
        if (counter <= 0) {
            throw new MalformedException("a dot without a counter");
        }
        named[index] = true;
        return new Dot(actors.get(index), counter);
    }

    /** Every actor read was named by a dot read since; otherwise one state would have many encodings. */
    void expectAllNamed() {
        for (boolean one : named) {
            if (!one) {
                throw new MalformedException("an actor without a dot");
            }
        }
    }
}
