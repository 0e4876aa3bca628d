/** What a node counts and measures, in the form that Prometheus reads. The only place that knows Micrometer. */
package io.quorate.node.http.metrics;
