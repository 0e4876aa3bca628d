package io.quorate.node.http;

import io.quorate.node.http.metrics.RequestTimers;

/** What the exchanges of one event loop share. */
record Loop(HttpLimits limits, Load load, RequestTimers timers) {}
