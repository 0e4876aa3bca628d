/** Background reconciliation: which peer to compare with, when, what to exchange, and how much of the node it may use. */
package io.quorate.antientropy;
