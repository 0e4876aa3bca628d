/** The daemon: the composition root that builds a node from its configuration. */
package io.quorate.node;
