/** What the command line reads and prints: JSON taken apart without changing it, and JSON as text for people. */
package io.quorate.node.cli.text;
