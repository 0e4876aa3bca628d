/**
 * A load generator whose figures can be trusted: a closed loop, or a fixed rate with latencies counted from when a request was due
 * (no coordinated omission); one writer a key at a time that always names the context of the last answer, so that a healthy cluster
 * answers without siblings; and what the nodes themselves spent, as they tell and as the operating system does.
 *
 * <p>Workloads and the skewed choice of keys are those of YCSB (Cooper et al., Benchmarking Cloud Serving Systems with YCSB, 2010).
 */
package io.quorate.node.cli.bench;
