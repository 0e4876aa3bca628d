/**
 * Finding where two replicas differ without sending what they hold: hash trees over their entries, kept up to date with every write,
 * and the comparison of two of them level by level.
 *
 * <p>The tree is Merkle's ("A Digital Signature Based on a Conventional Encryption Function", 1987), used between replicas as in Dynamo
 * (DeCandia and others, 2007, section 4.7): each node has a tree for every key range that it keeps, and neighbours compare roots, then
 * only the branches that differ. Here a range is a partition and an n, because nodes share whole partitions of entries with the same n.
 *
 * <p>Merkle hashes a leaf's contents anew when they change. Here a leaf is the XOR of the hashes of its entries (an incremental hash as in
 * Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost", 1997): a write takes the old
 * hash out and puts the new one in, without reading the other entries, and in any order. The price is that such a tree is no proof: XOR is linear
 * and the hash has no key, so whoever chooses keys and values with that aim can make contents that differ and agree in their hash. It
 * finds what failures did; against a replica that lies it promises nothing.
 *
 * <p>A comparison is made of values, and its messages are the caller's. The initiator has a tree and the nodes it asks about, at
 * first {@link TreeNodes#ROOT}, or the children of a root that it knows to differ:
 *
 * <pre>
 * initiator   asked, tree.hashes(asked)                  partition, n, level, indices, hashes  →
 * responder   tree.differing(new TreeNodes(level, indices), hashes).indices()                  ←  differing indices
 * initiator   asked.answered(indices)                    none: equal; leaves: done; else ask about its children()
 * </pre>
 *
 * <p>No step leaves anything behind at the responder, so one that is lost is asked again, and one that was right a moment ago may
 * be asked again after a pause, to tell divergence from writes on their way. A step is as exact as the trees are at that moment.
 */
package io.quorate.merkle;
