/** An incremental hash tree over a key range, and the level-wise comparison of two of them (Merkle 1987). */
package io.quorate.merkle;
