/** Temporary. */
package io.quorate.node.storage;
