/** The embedded coordinator: what a Java application uses to talk to a cluster without a hop through a node's HTTP API. */
package io.quorate.coordinator;
