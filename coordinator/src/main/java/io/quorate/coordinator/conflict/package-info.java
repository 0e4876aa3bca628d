/**
 * What a reader is shown of concurrent versions: each bucket's policy, as a pure function of the siblings of a key.
 *
 * <p>Nothing that a policy decides is written back, so a changed policy changes no data, and replicas agree because they hold the
 * same siblings. Some policies look into values, which are JSON: this package is the coordinator's adapter to Jackson for that.
 */
package io.quorate.coordinator.conflict;
