/** JMH benchmarks of what each request runs through; {@code scripts/benchmark} runs them. */
package io.quorate.benchmark;
