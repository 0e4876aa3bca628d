/**
 * The adapter to HTTP: reads requests strictly, hands them to the {@link io.quorate.coordinator.operation.Coordinator} of their event loop,
 * and writes its answers as JSON. Key requests go through plain handlers, because a router and a body handler cost half again
 * as much as the request itself.
 */
package io.quorate.node.http;
