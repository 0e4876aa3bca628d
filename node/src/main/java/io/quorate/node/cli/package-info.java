/**
 * The command line {@code quorate}: each subcommand is a small class that turns its arguments into requests of the HTTP API and the
 * answers into text for people or, with {@code --json}, for programs. It knows nothing of a node but its HTTP API.
 */
package io.quorate.node.cli;
