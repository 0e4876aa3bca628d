/**
 * Who is in the cluster and who can be reached, as this node sees it.
 *
 * <p>The member table and the bucket table spread by gossip along with the probes of the failure detector: whoever shows another
 * digest is given our copy and answers with the merged one, which reaches all in O(log N) ticks.
 *
 * <p>Who answers is found out as in SWIM (Das, Gupta, Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group
 * Membership Protocol", 2002: probes in a shuffled round, indirect probes, suspicion) with the local health of Lifeguard (Dadgar,
 * Phillips, Currey, "Lifeguard: SWIM-ing with Situational Awareness", 2017). Unlike there, each node judges for itself: who cannot
 * reach a peer must avoid it, whatever others can.
 */
package io.quorate.node.membership;
