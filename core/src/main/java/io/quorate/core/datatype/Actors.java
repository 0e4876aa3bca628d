package io.quorate.core.datatype;

import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.Actor;
import io.quorate.core.version.Context;
import io.quorate.core.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The actors of a context, so that the dots which it covers are written as a place in it and a counter. */
final class Actors {
    private final List<Actor> actors;

    private Actors(List<Actor> actors) {
        this.actors = actors;
    }

    static Actors of(Context context) {
        TreeSet<Actor> actors = new TreeSet<>();
        context.vector().entries().forEach(dot -> actors.add(dot.actor()));
        context.cloud().forEach(dot -> actors.add(dot.actor()));
        return new Actors(new ArrayList<>(actors));
    }

    void writeDot(ByteWriter out, Dot dot) {
        int place = actors.indexOf(dot.actor());
        if (place < 0) {
            throw new IllegalStateException("a change outside its value's context: " + dot);
        }
        out.varint(place).int64(dot.counter());
    }

    Dot readDot(ByteReader in) {
        int place = in.varint();
        if (place >= actors.size()) {
            throw new MalformedException("a change of an unknown actor");
        }
        return new Dot(actors.get(place), in.int64());
    }
}
