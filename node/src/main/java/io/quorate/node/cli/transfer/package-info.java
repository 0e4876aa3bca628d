/**
 * Whole buckets in and out, as lines of JSON. Requests go over many connections to all nodes; one that is not served is sent again,
 * elsewhere, under the same idempotency key, so that a node that dies costs time and no record.
 */
package io.quorate.node.cli.transfer;
