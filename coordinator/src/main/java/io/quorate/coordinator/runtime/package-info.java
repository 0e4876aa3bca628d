/**
 * The event loop under one shard: its scheduler and its clock, as adapters of the core's ports. The daemon and embedded
 * coordinators both run on it.
 */
package io.quorate.coordinator.runtime;
