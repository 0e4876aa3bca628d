/** The values that every part of Quorate speaks in. Nothing below this package does I/O, starts a thread or reads a clock. */
package io.quorate.core;
