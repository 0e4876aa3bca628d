/**
 * The shards as event loops: which loop a request belongs to, and how it gets there and back. Everything on a loop is touched by
 * that loop alone; what crosses over is an immutable message, handed to the other loop's scheduler.
 */
package io.quorate.node.runtime;
