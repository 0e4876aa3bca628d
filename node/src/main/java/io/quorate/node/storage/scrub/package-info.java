/** Reads what nobody asks for, so that rotten bits are found while other replicas still have a whole copy. */
package io.quorate.node.storage.scrub;
