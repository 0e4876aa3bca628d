/** In-memory twins of the ports on virtual time, with seeded faults: the same seed gives the same run. */
package io.quorate.simulation;
