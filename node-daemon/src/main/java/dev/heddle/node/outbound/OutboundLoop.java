package dev.heddle.node.outbound;

import dev.heddle.node.upstream.Upstreams;
import dev.heddle.policy.balance.RandomSource;
import io.netty.channel.EventLoop;
import java.util.function.LongSupplier;

/**
 * What all exchanges of one event loop share.
 *
 * @param clock nanoseconds, as System.nanoTime
 */
record OutboundLoop(
    EventLoop loop,
    Upstreams upstreams,
    HostQuestions questions,
    RandomSource random,
    LongSupplier clock,
    Mirrors mirrors,
    OutboundMetrics metrics) {}
