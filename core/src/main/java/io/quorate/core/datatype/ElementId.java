package io.quorate.core.datatype;

import io.quorate.core.Bytes;
import io.quorate.core.codec.ByteReader;
import io.quorate.core.codec.ByteWriter;
import io.quorate.core.codec.MalformedException;
import io.quorate.core.version.RequestId;
import java.util.Base64;

/**
 * The name of a list's element for as long as it is there: the request that inserted it and its place among what that inserted.
 *
 * <p>Not a dot: a request that two replicas carried out inserts the same elements at both.
 */
public record ElementId(RequestId request, int index) implements Comparable<ElementId> {
    /** As clients see it. */
    public String toText() {
        ByteWriter out = new ByteWriter(20);
        write(out);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(out.toBytes().array());
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws MalformedException when the text is not an element's name
     */
    public static ElementId parse(String text) {
        ElementId id;
        try {
            ByteReader in = new ByteReader(Bytes.wrap(Base64.getUrlDecoder().decode(text)));
            id = read(in);
            in.expectEnd();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not the id of an element");
        }
        if (!id.toText().equals(text)) {
            throw new MalformedException("not the id of an element");
        }
        return id;
    }

    void write(ByteWriter out) {
        out.int64(request.high()).int64(request.low()).varint(index);
    }

    static ElementId read(ByteReader in) {
        return new ElementId(new RequestId(in.int64(), in.int64()), in.varint());
    }

    @Override
    public int compareTo(ElementId other) {
        int byRequest = request.compareTo(other.request);
        return byRequest != 0 ? byRequest : Integer.compare(index, other.index);
    }
}
