/** The binding of YCSB (Cooper and others, "Benchmarking Cloud Serving Systems with YCSB", 2010) to the embedded coordinator. */
package io.quorate.coordinator.ycsb;
