/**
 * A small HTTP/1.1 client for the command line: non-blocking sockets driven by the thread that uses them, one request at a time on a
 * connection. It is this small so that a command starts at once, and this lean so that a load generator leaves the cores to the
 * nodes it measures.
 */
package io.quorate.node.cli.client;
