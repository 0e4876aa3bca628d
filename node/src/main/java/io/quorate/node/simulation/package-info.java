/** The daemon's own replica and coordinator code on a simulated world, under seeded faults, against an oracle of what clients were told. */
package io.quorate.node.simulation;
