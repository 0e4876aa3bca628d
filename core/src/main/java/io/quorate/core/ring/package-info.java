/**
 * Which nodes keep a key: a pure function of the member set. Weighted rendezvous hashing (Thaler and Ravishankar 1998; Schindelhauer
 * and Schomaker 2005), each node's scores a stratified sample, with a bounded load (in the spirit of Mirrokni, Thorup and
 * Zadimoghaddam 2018), spread over zones.
 */
package io.quorate.core.ring;
