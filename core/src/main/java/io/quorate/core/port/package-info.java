/**
 * What the protocol needs of the world. Each port names how it may fail; the daemon and the simulation each bring their own
 * adapters, and the same protocol code runs on both.
 */
package io.quorate.core.port;
