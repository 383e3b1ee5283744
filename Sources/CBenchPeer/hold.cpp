#include "CBenchPeer.h"

#include <queue>
#include <vector>

namespace {
struct Event {
    int64_t time;
    uint64_t sequence;
    uint64_t handler;
};

struct Later {
    bool operator()(const Event &a, const Event &b) const {
        return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
    }
};
}  // namespace

uint64_t cbench_hold(uint64_t pending, uint64_t events) {
    std::priority_queue<Event, std::vector<Event>, Later> queue;
    uint64_t state = 88172645463325252ULL, sequence = 0, checksum = 0;
    auto random = [&state] {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    };
    for (uint64_t i = 0; i < pending; i++) queue.push({int64_t(random() & 1023) + 1, sequence++, i});
    for (uint64_t i = 0; i < events; i++) {
        Event event = queue.top();
        queue.pop();
        checksum = (checksum ^ uint64_t(event.time) ^ event.handler) * 0x9E3779B97F4A7C15ULL;
        queue.push({event.time + int64_t(random() & 1023) + 1, sequence++, event.handler});
    }
    return checksum;
}
