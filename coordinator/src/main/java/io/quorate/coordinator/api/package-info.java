/** What an application asks of a coordinator, and what it is told. */
package io.quorate.coordinator.api;
