/**
 * The guard against slower code: what the nodes spend on a request, as a multiple of what a null HTTP handler spends on one under the
 * same load in the same run, compared with a multiple that was measured before. The multiple, unlike microseconds, depends little on
 * the machine and on what else it does.
 */
package io.quorate.node.cli.guard;
