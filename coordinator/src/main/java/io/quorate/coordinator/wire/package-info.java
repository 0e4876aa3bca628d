/** The adapter to TCP: frames, their CBOR form, connections to peers. The only place of this module that knows Vert.x or Jackson. */
package io.quorate.coordinator.wire;
