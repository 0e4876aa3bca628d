/**
 * One object per request: it sends, waits and acts on what pure values decide. Deterministic, so that the same code runs in the
 * embedded client, in the daemon and in the simulation.
 */
package io.quorate.coordinator.operation;
