/**
 * What nodes say to each other. Messages are plain values; {@code Bytes siblings} is always a state of a key as
 * {@link io.quorate.core.version.SiblingsCodec} writes it, so that a replica can store and a coordinator pass on what it got.
 */
package io.quorate.core.message;
