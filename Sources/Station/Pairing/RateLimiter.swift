package import Engine

/// A token bucket for each address, or whatever else is counted: `limit` at once, refilled evenly
/// over a minute.
package struct RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let limit: Double
    private let capacity: Int
    private var buckets: [String: Bucket] = [:]
    /// Addresses in the order of their first request, for forgetting.
    private var order: [String] = []

    package init(perMinute limit: Int, addresses capacity: Int) {
        self.limit = Double(max(1, limit))
        self.capacity = max(1, capacity)
    }

    /// Takes one; nil when there was one, else after how long there will be.
    package mutating func take(_ address: String, now: Instant) -> Duration? {
        var bucket = buckets[address] ?? Bucket(tokens: limit, at: now)
        let rested = Double(bucket.at.duration(to: now).nanoseconds) / 1e9
        bucket.tokens = min(limit, bucket.tokens + rested * limit / 60)
        bucket.at = now
        defer { remember(address, bucket) }
        guard bucket.tokens < 1 else {
            bucket.tokens -= 1
            return nil
        }
        return .milliseconds(Int64(((1 - bucket.tokens) * 60_000 / limit).rounded(.up)))
    }

    /// Gives one back: what was taken for turned out not to count.
    package mutating func putBack(_ address: String) {
        guard let bucket = buckets[address] else { return }
        buckets[address]?.tokens = min(limit, bucket.tokens + 1)
    }

    private mutating func remember(_ address: String, _ bucket: Bucket) {
        if buckets.updateValue(bucket, forKey: address) == nil {
            order.append(address)
            if order.count > capacity { buckets[order.removeFirst()] = nil }
        }
    }
}
