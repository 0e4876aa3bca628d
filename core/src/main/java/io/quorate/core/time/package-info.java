/** Hybrid logical time: close to the wall clock, never behind what was seen. It dates writes and breaks ties; it decides no order of causes. */
package io.quorate.core.time;
